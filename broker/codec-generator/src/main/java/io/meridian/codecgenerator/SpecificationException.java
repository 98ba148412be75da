package io.meridian.codecgenerator;

/// A specification that cannot be turned into code. Ends the build with its message.
final class SpecificationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SpecificationException(String message) {
        super(message);
    }
}
