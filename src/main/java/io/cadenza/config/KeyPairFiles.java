package io.cadenza.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;

/**
 * Finds out whether two PEM files are a certificate and its private key: with any other key every
 * handshake would fail, and nothing before. What it does not know (a key that is not PKCS 8, a rare
 * algorithm) passes.
 */
final class KeyPairFiles {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final byte[] PROBE = {1, 2, 3};

  /** How keys sign, by their algorithm. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private KeyPairFiles() {}

  /** What is wrong with the certificate; null when nothing is. */
  static String certificateFault(Path certificate) {
    try {
      publicKey(certificate);
      return null;
    } catch (IOException | GeneralSecurityException e) {
      return "holds no certificate; give one in PEM";
    }
  }

  /** What is wrong with the key; null when nothing is. */
  static String keyFault(Path certificate, Path key) {
    try {
      return fits(publicKey(certificate), Files.readString(key, StandardCharsets.ISO_8859_1))
          ? null
          : "is not the key of " + certificate + "; give the one that it was made with";
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      return "is not the key of " + certificate + ", or can't be read; give one in PEM (PKCS 8)";
    }
  }

  private static PublicKey publicKey(Path certificate)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(certificate)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in).getPublicKey();
    }
  }

  private static boolean fits(PublicKey shown, String pem) throws GeneralSecurityException {
    String algorithm = SIGNATURES.get(shown.getAlgorithm());
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (algorithm == null || begin < 0 || end < begin) {
      return true;
    }
    byte[] encoded = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
    PrivateKey key =
        KeyFactory.getInstance(shown.getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    Signature signs = Signature.getInstance(algorithm);
    signs.initSign(key);
    signs.update(PROBE);
    byte[] signed = signs.sign();
    signs.initVerify(shown);
    signs.update(PROBE);
    return signs.verify(signed);
  }
}
