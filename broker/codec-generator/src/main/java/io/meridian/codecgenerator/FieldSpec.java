package io.meridian.codecgenerator;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A field of a struct.
///
/// @param name in lower camel case
/// @param versions in which the field exists, within the versions of its struct
/// @param nullable versions in which it may be null, within `versions`
/// @param taggedVersions versions in which it is a tagged field, within `versions`
/// @param tag its tag, or -1
/// @param defaultText its default as specified, or null when it has the default of its type
/// @param ignorable whether its value may be dropped in versions that lack it
record FieldSpec(
        String name,
        FieldType type,
        VersionRange versions,
        VersionRange nullable,
        VersionRange taggedVersions,
        int tag,
        @Nullable String defaultText,
        boolean ignorable) {
    private static final Set<String> NAMES_IN_USE = Set.of("reader", "writer", "version", "flexible", "tag");

    boolean isNullable() {
        return !nullable.isEmpty();
    }

    boolean defaultsToNull() {
        boolean isRecords = type == FieldType.Scalar.RECORDS;
        return isNullable() && ((defaultText == null && isRecords) || "null".equals(defaultText));
    }

    /// Versions in which the field has its place among the others.
    VersionRange untaggedVersions() {
        if (taggedVersions.isEmpty()) {
            return versions;
        }
        if (taggedVersions.equals(versions)) {
            return VersionRange.NONE;
        }
        if (taggedVersions.highest() != versions.highest()) {
            throw new SpecificationException(name + ": a field that was tagged once must stay so");
        }
        return new VersionRange(versions.lowest(), taggedVersions.lowest() - 1);
    }

    /// The name of a local variable for the field.
    String local() {
        return NAMES_IN_USE.contains(name) ? name + "Value" : name;
    }

    /// The field inside its record, where a parameter may have the same name.
    String self() {
        return NAMES_IN_USE.contains(name) ? "this." + name : name;
    }

    /// The method that copies the record with another value of this field.
    String withMethod() {
        return "with" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
