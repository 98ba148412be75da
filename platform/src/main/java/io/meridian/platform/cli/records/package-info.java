/// `meridian produce` and `meridian consume`: records in and out, as lines of text or of JSON that go around
/// unchanged.
///
/// In JSON a key, value or header is a string when its bytes are UTF-8, `{"base64": "..."}` when they are not, and
/// null when there are none; so every record comes back byte for byte. Memory is bounded: one line and the
/// client's own buffers.
@NullMarked
package io.meridian.platform.cli.records;

import org.jspecify.annotations.NullMarked;
