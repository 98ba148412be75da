/// What every coordinator stands on: a state machine whose records live in one partition of an internal topic.
///
/// A [CoordinatorShard] decides: question and time in, a [Decision] of records and answers out. A [ShardRuntime]
/// carries that out: it loads the shard from its log, appends what it decided, and lets an answer go only when
/// everything that the shard knew when it gave it is below the high watermark. So nobody is told anything that a
/// later leader of the partition could have forgotten, and a shard needs no second, committed copy of its state.
@NullMarked
package io.meridian.engine.coordinator;

import org.jspecify.annotations.NullMarked;
