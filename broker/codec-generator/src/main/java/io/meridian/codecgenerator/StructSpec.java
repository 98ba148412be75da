package io.meridian.codecgenerator;

import java.util.List;

/// A struct: the message itself, or a part that becomes a nested record.
///
/// @param path names of the message and the struct, to report faults by
/// @param versions in which the struct is used, within those of the message
record StructSpec(String name, String path, VersionRange versions, List<FieldSpec> fields) {
    /// The fields that are tagged in some version, by tag.
    List<FieldSpec> taggedFields() {
        return fields.stream()
                .filter(field -> !field.taggedVersions().isEmpty())
                .sorted((left, right) -> Integer.compare(left.tag(), right.tag()))
                .toList();
    }
}
