/// Apache's command-line tools against us and against Apache Kafka, output for output.
///
/// The transcripts in `src/test/resources/apache-tools` are both script and expectation: lines with `$` are what is
/// run, the lines below each are what Apache Kafka 4.3.1 made the tool print, with ids, ports and times replaced.
/// The build compares ours with them. `mvn verify -Dpeer` runs them on Apache Kafka again and writes down what has
/// changed. What we mean to answer otherwise is in `differences.txt` beside them, with its reason.
@NullMarked
package io.meridian.platform.compat.tools;

import org.jspecify.annotations.NullMarked;
