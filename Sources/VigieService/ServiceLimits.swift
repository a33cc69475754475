// SPDX-License-Identifier: Apache-2.0

// All limits of the services. What the network itself may do is limited by
// GRPCTransport's TransportLimits, what a bundle may hold by ScoringLimits.

/// Greatest sizes that the services accept and the points where they change how
/// they work.
package struct ServiceLimits: Sendable {
    /// Rows of one block.
    package var blockRowsMax = 262_144
    /// Reasons of one block: its rows times the reasons of each.
    package var blockReasonsMax = 4 << 20
    /// Column names of a header.
    package var columnsMax = 4_096
    /// Bytes of a column name, a model name or a version.
    package var nameBytesMax = 256
    /// Entries of a header's list of outputs.
    package var outputsMax = 64
    /// Memory that decoding a header may take beside four times its own size, in bytes. A
    /// column name of a few bytes needs a pointer, its text and protobuf-c's note of it.
    package var headerMemoryBytes = 1 << 20
    /// Memory that decoding a block may take beside its own size, in bytes. Values that are
    /// packed need only their size; a block of values that are not is refused when it is large.
    package var blockMemoryBytes = 1 << 20
    /// Memory of a decoded message that is kept for the next one, in bytes.
    package var retainedMemoryBytes = 4 << 20
    /// Prepared headers that one event loop keeps, so that a header that comes again
    /// is not decoded again.
    package var cachedHeadersMax = 8
    /// Longest header that is kept, in bytes.
    package var cachedHeaderBytesMax = 16 << 10
    /// Blocks that are expected to take longer are scored off the event loop, in nanoseconds.
    package var inPlaceNanosecondsMax = 100_000.0
    /// Work between two looks at deadline and cancellation, in nanoseconds.
    package var chunkNanoseconds = 1_000_000.0
    /// Blocks that may wait for a scoring thread or be on one.
    package var queuedBlocksMax = 256
    /// Bytes of the blocks that may wait for a scoring thread or be on one.
    package var queuedBytesMax = 512 << 20
    /// After which time a client is told to come back when the queue is full, in milliseconds.
    package var retryDelayMilliseconds = 200
    /// Models of a server.
    package var modelsMax = 256
    /// Models of a page of ListModels when the call does not say.
    package var pageModelsDefault = 50
    /// Models of a page of ListModels.
    package var pageModelsMax = 1_000
    /// Health watches over all connections.
    package var healthWatchesMax = 1_024

    /// The limits above.
    package init() {}
}
