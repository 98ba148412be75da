package io.meridian.engine.coordinator;

/// Who waits for an answer of a coordinator.
///
/// @param originNode the node of this process that asked
/// @param questionId its own number for the question
public record Asker(int originNode, long questionId) {}
