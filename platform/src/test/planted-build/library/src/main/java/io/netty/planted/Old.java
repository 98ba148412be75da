package io.netty.planted;

final class Old {}
