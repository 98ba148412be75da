package io.meridian.platform;

/// The `meridian` command.
public final class Main {
    private static final int USAGE_ERROR = 2;

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length == 1 && (arguments[0].equals("--help") || arguments[0].equals("train"))) {
            System.out.println("usage: meridian COMMAND [OPTIONS]");
            return;
        }
        System.err.println("usage: meridian COMMAND [OPTIONS]");
        System.exit(USAGE_ERROR);
    }
}
