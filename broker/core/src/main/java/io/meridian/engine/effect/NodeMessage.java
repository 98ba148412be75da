package io.meridian.engine.effect;

/// A value that one node of this process sends to another. Declared beside the code that receives it.
public interface NodeMessage {}
