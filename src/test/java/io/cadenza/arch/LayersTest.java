package io.cadenza.arch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What may use what: a class uses its own package and those of lower layers, never one beside or
 * above; {@code line} is at the bottom of all.
 */
class LayersTest {
  private static final String ROOT = "io.cadenza.";
  private static final List<Set<String>> LAYERS =
      List.of(
          Set.of("line"),
          Set.of("hash", "match", "config", "meter"),
          Set.of("format", "bus", "spool", "index"),
          Set.of("store"),
          Set.of("listen", "route", "accumulate", "output", "writer", "render"),
          Set.of("api", "admin"),
          Set.of("app"));

  /** Beside the layers: nobody but the command line uses it. */
  private static final String TOOL = "tool";

  private static final int HIGHEST_OF_TOOL = 2;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.cadenza");

  private static final DescribedPredicate<JavaClass> VERTX = resideInAPackage("io.vertx..");
  private static final DescribedPredicate<JavaClass> INSIDES =
      resideInAnyPackage("io.netty..", "io.vertx.core.internal..", "io.vertx.core.impl..");

  @Test
  void everyPackageHasItsLayer() {
    List<String> packages = CLASSES.stream().map(LayersTest::stage).distinct().sorted().toList();

    assertThat(packages).allMatch(name -> name.equals(TOOL) || layer(name) >= 0);
  }

  @Test
  void classesUseLowerLayersOnly() {
    classes().should(useLowerLayersOnly()).check(CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void whatDecidesKnowsNoVertx() {
    noClasses()
        .that()
        .resideInAnyPackage(
            packages(
                "line", "hash", "match", "format", "meter", "spool", "index", "store", "render"))
        .should()
        .dependOnClassesThat(VERTX)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "config..")
        .should()
        .dependOnClassesThat(VERTX.and(resideOutsideOfPackage("io.vertx.core.json..")))
        .check(CLASSES);
  }

  @Test
  void routingKnowsVertxInItsVerticleOnly() {
    noClasses()
        .that()
        .resideInAnyPackage(packages("route", "accumulate"))
        .and(not(verticle()))
        .should()
        .dependOnClassesThat(VERTX)
        .check(CLASSES);
  }

  @Test
  void insidesOfVertxAndNettyStayInNamedClasses() {
    noClasses()
        .that(not(named("listen.UdpChannel")))
        .and(not(named("listen.KernelQueue")))
        .and(not(named("app.DirectMemory")))
        .and(not(named("listen.Doors")))
        .and(not(named("listen.SocketReads")))
        .and(not(named("listen.Door")))
        .and(not(named("output.Internals")))
        .and(not(named("api.Internals")))
        .should()
        .dependOnClassesThat(INSIDES)
        .check(CLASSES);
  }

  @Test
  void timeComesInFromOutside() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(CLASSES);
  }

  @Test
  void onlyCommandsPrint() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("app", TOOL))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  /** Regexes of users are RE2, linear in time; the hot path has byte loops instead. */
  @Test
  void theHotPathHasNoRegexOfTheJdk() {
    noClasses()
        .that()
        .resideInAnyPackage(
            packages(
                "line", "hash", "match", "format", "bus", "index", "store", "listen", "route",
                "output"))
        .should()
        .dependOnClassesThat(resideInAPackage("java.util.regex.."))
        .check(CLASSES);
  }

  private static ArchCondition<JavaClass> useLowerLayersOnly() {
    return new ArchCondition<>("use their own package and lower layers only") {
      @Override
      public void check(JavaClass own, ConditionEvents events) {
        for (Dependency use : own.getDirectDependenciesFromSelf()) {
          JavaClass target = use.getTargetClass();
          if (target.getPackageName().startsWith(ROOT) && !allowed(stage(own), stage(target))) {
            events.add(SimpleConditionEvent.violated(own, use.getDescription()));
          }
        }
      }
    };
  }

  private static boolean allowed(String from, String to) {
    if (from.equals(to)) {
      return true;
    }
    if (from.equals(TOOL)) {
      return layer(to) >= 0 && layer(to) <= HIGHEST_OF_TOOL;
    }
    return to.equals(TOOL) ? from.equals("app") : layer(to) < layer(from);
  }

  private static int layer(String stage) {
    for (int i = 0; i < LAYERS.size(); i++) {
      if (LAYERS.get(i).contains(stage)) {
        return i;
      }
    }
    return -1;
  }

  private static String stage(JavaClass type) {
    return type.getPackageName().substring(ROOT.length()).split("\\.")[0];
  }

  private static String[] packages(String... stages) {
    return List.of(stages).stream().map(stage -> ROOT + stage + "..").toArray(String[]::new);
  }

  /** A verticle with all that is nested in it. */
  private static DescribedPredicate<JavaClass> verticle() {
    return describe("verticles", type -> outermost(type).getSimpleName().endsWith("Verticle"));
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return describe(name, type -> outermost(type).getName().equals(ROOT + name));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(LayersTest::outermost).orElse(type);
  }
}
