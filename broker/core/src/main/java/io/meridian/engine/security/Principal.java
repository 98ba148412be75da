package io.meridian.engine.security;

/// Who a connection speaks for.
///
/// @param type the kind of principal, `User` for everything that the protocol knows today
/// @param name compared exactly
public record Principal(String type, String name) {
    public static final Principal ANONYMOUS = new Principal("User", "ANONYMOUS");
}
