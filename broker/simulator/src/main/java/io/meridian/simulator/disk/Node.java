package io.meridian.simulator.disk;

/// What a name stands for.
abstract sealed class Node permits FileNode, DirectoryNode {}
