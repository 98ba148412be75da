package io.meridian.codecgenerator;

import java.util.List;
import java.util.Map;

/// A message with all its structs.
///
/// @param apiKey the number of the API, or -1
/// @param flexible versions with compact forms and tagged fields, within `versions`
/// @param latestUnstable whether the highest version may still change and is not to be advertised
/// @param nested the structs below the message by name, in the order in which they first appear
record MessageSpec(
        String name,
        Kind kind,
        int apiKey,
        VersionRange versions,
        VersionRange flexible,
        boolean latestUnstable,
        StructSpec root,
        Map<String, StructSpec> nested) {

    /// What a message is for.
    enum Kind {
        REQUEST,
        RESPONSE,
        HEADER,
        DATA
    }

    List<StructSpec> structs() {
        return List.copyOf(nested.values());
    }

    StructSpec struct(String structName) {
        StructSpec found = nested.get(structName);
        if (found == null) {
            throw new SpecificationException(name + ": no struct is named " + structName);
        }
        return found;
    }

    int highestStable() {
        return latestUnstable ? versions.highest() - 1 : versions.highest();
    }
}
