package io.meridian.architecture.planted.base;

import java.util.concurrent.locks.ReentrantLock;

record LocksItself(ReentrantLock lock) {}
