package org.apache.ratis;

/// Stands in for the library, which is not on the class path yet, so that the rule about it can be tried.
public record StandIn() {}
