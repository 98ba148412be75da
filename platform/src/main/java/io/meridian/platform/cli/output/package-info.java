/// How answers of the command line are shown: each is described once, as named fields, and written as a table, JSON,
/// YAML or bare names.
///
/// Names of fields are camelCase and a promise to scripts. A table derives its headings from them.
@NullMarked
package io.meridian.platform.cli.output;

import org.jspecify.annotations.NullMarked;
