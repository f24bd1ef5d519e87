package io.cadenza.api;

import io.vertx.core.http.HttpMethod;

/**
 * A request as an endpoint sees it.
 *
 * @param method GET, also for HEAD, or POST
 * @param rest of the path, behind that of the endpoint; empty as a rule
 * @param json the body where it is JSON, else null
 * @param now seconds since 1970
 * @param allowance how far it may go
 */
record Asked(
    HttpMethod method,
    String rest,
    Parameters parameters,
    String json,
    long now,
    Allowance allowance) {}
