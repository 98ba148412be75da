package io.meridian.architecture.planted.server;

record RaftTerm(long number) {}
