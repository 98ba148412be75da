package io.meridian.engine.security;

/// Answers whether a principal may do something. Every handler asks before it acts or tells.
public interface Authorizer {
    /// Allows everything: what holds until security is configured.
    Authorizer ALLOW_ALL = (_, _, _, _) -> true;

    boolean allows(Principal principal, Operation operation, ResourceType type, String name);
}
