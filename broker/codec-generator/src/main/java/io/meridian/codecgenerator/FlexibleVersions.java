package io.meridian.codecgenerator;

/// Whether a struct is in its compact form, as the generated methods ask it.
final class FlexibleVersions {
    private final VersionRange versions;
    private final VersionRange flexible;
    private final boolean used;

    FlexibleVersions(MessageSpec message, StructSpec struct) {
        this.versions = struct.versions();
        this.flexible = message.flexible().intersect(struct.versions());
        this.used = !always() && !never();
    }

    boolean always() {
        return flexible.equals(versions);
    }

    boolean never() {
        return flexible.isEmpty();
    }

    /// Declares the local variable `flexible` where it is needed.
    void declare(JavaSource out) {
        if (used) {
            out.line("boolean flexible = " + flexible.condition(versions) + ";");
        }
    }

    /// The expression for "compact" in some of the struct's versions.
    String within(VersionRange some) {
        return switch (flexible.condition(some)) {
            case "true" -> "true";
            case "false" -> "false";
            default -> "flexible";
        };
    }
}
