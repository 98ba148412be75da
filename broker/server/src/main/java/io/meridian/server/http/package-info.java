/// Health and metrics over HTTP, on a loopback port of their own.
///
/// In: GET requests of operators and scrapers. Out: what the nodes answer on their loops. Requests whose
/// headers are not exactly what HTTP allows are refused. Absent on purpose: anything that changes the broker.
@NullMarked
package io.meridian.server.http;

import org.jspecify.annotations.NullMarked;
