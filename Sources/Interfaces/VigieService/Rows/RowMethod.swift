// SPDX-License-Identifier: Apache-2.0

// What a method of rows has of its own: how its headers are read, and for whom.

internal import Callers
internal import GRPCTransport
internal import Quantities
internal import ServiceErrors
internal import Telemetry
internal import Turns

/// What a method of rows has of its own.
struct RowMethod: Sendable {
    /// Checks an encoded header, in memory for what is decoded.
    typealias Prepare =
        @Sendable (
            _ bytes: UnsafeRawBufferPointer,
            _ arena: DecodingArena,
            _ today: CalendarDate,
            _ asker: RowAsker
        ) throws(ServiceError) -> PreparedHeader

    /// The messages of a stream of it.
    let requestName: String
    /// What its rows are counted as.
    let counter: Counter
    /// Whether threads prepare all headers, also short ones: it takes long.
    var preparesOnThreads = false
    let prepare: Prepare
}

/// Who asks, as far as a header depends on it.
struct RowAsker: Sendable {
    /// The caller, where callers are told apart.
    let caller: Caller?
    /// The turns of his connection.
    let share: TurnShare

    init(_ call: ServerCall) { (caller, share) = (call.caller, call.turnShare) }
}
