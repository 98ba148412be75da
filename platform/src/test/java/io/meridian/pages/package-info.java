/// The pages in `docs` that are made from declarations, each held against its file.
///
/// `-Dmeridian.write.pages=true` writes them.
@NullMarked
package io.meridian.pages;

import org.jspecify.annotations.NullMarked;
