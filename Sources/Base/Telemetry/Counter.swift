// SPDX-License-Identifier: Apache-2.0

// The closed list of what is counted, as data: whoever shows counters asks here for their names.

/// Something that is counted. Counters only grow.
package enum Counter: Int, Sendable, CaseIterable {
    /// Connections that were taken.
    case connectionsAccepted
    /// Connections that were turned away because there were too many.
    case connectionsRefused
    /// The same because their address had too many.
    case connectionsRefusedAddress
    /// The same because too many were shaking hands.
    case connectionsRefusedHandshakes
    /// The same because no file descriptor was left.
    case connectionsRefusedDescriptors
    /// Connections that ended before their handshake did.
    case handshakesRefused
    /// Bytes that came from sockets, TLS and all.
    case bytesReceived
    /// Bytes that went to sockets, TLS and all.
    case bytesSent
    /// Calls whose headers came.
    case callsBegun
    /// Rows that were scored, those without a score included.
    case rowsScored
    /// Time in which event loops scored rows, in nanoseconds.
    case scoringNanoseconds
    /// Companies that were assessed, those without a score included.
    case companiesAssessed
    /// Companies that were decided on, those of which something is missing included.
    case companiesDecided
    /// Papers that were read, those that could not be included.
    case papersRead
    /// Runs over portfolios that this server ended.
    case runsEnded
    /// Runs that it ended because a block could not be done.
    case runsFailed
    /// Blocks of runs that it did.
    case blocksRescored
    /// Companies of those blocks.
    case companiesRescored
    /// Pushes to a collector of telemetry that failed.
    case telemetryPushesFailed
    /// Lines of the log that whoever reads it was too slow for.
    case logLinesDropped
    /// Messages to others that were taken.
    case deliveriesTaken
    /// Tries of such messages that failed.
    case deliveriesFailed
    /// Tries of which nobody knows what came: such a message was sent again.
    case deliveriesRepeated
    /// Blocks of jobs whose answers this server kept.
    case jobBlocksKept
    /// Blocks of jobs that it answered from what was kept.
    case jobBlocksRepeated
    // Calls that ended with each of gRPC's codes, in the order of their numbers.
    case callsEndedOK, callsEndedCancelled, callsEndedUnknown, callsEndedInvalidArgument
    case callsEndedDeadlineExceeded, callsEndedNotFound, callsEndedAlreadyExists
    case callsEndedPermissionDenied, callsEndedResourceExhausted, callsEndedFailedPrecondition
    case callsEndedAborted, callsEndedOutOfRange, callsEndedUnimplemented, callsEndedInternal
    case callsEndedUnavailable, callsEndedDataLoss, callsEndedUnauthenticated

    /// Calls that ended with a code of gRPC, by its number.
    package static func callsEnded(code: Int) -> Counter {
        Counter(rawValue: callsEndedOK.rawValue + min(max(code, 0), 16)) ?? .callsEndedUnknown
    }

    /// The name, in the form that OpenMetrics has; the same for counters that a label tells apart.
    package var name: String {
        switch self {
        case .connectionsAccepted: "vigie_connections_accepted"
        case .connectionsRefused, .connectionsRefusedAddress, .connectionsRefusedHandshakes,
            .connectionsRefusedDescriptors:
            "vigie_connections_refused"
        case .handshakesRefused: "vigie_handshakes_refused"
        case .bytesReceived: "vigie_received_bytes"
        case .bytesSent: "vigie_sent_bytes"
        case .callsBegun: "vigie_calls_begun"
        case .rowsScored: "vigie_rows_scored"
        case .scoringNanoseconds: "vigie_scoring_nanoseconds"
        case .companiesAssessed: "vigie_companies_assessed"
        case .companiesDecided: "vigie_companies_decided"
        case .papersRead: "vigie_papers_read"
        case .runsEnded: "vigie_runs_ended"
        case .runsFailed: "vigie_runs_failed"
        case .blocksRescored: "vigie_blocks_rescored"
        case .companiesRescored: "vigie_companies_rescored"
        case .telemetryPushesFailed: "vigie_telemetry_pushes_failed"
        case .logLinesDropped: "vigie_log_lines_dropped"
        case .deliveriesTaken: "vigie_deliveries_taken"
        case .deliveriesFailed: "vigie_deliveries_failed"
        case .deliveriesRepeated: "vigie_deliveries_repeated"
        case .jobBlocksKept: "vigie_job_blocks_kept"
        case .jobBlocksRepeated: "vigie_job_blocks_repeated"
        default: "vigie_calls_ended"
        }
    }

    /// The value of the label `code`, as gRPC spells it; nil where the name says all.
    package var code: String? {
        let number = rawValue - Self.callsEndedOK.rawValue
        return Self.codes.indices.contains(number) ? Self.codes[number] : nil
    }

    /// The value of the label `reason`; nil for counters without it.
    package var reason: String? {
        switch self {
        case .connectionsRefused: "connections"
        case .connectionsRefusedAddress: "address"
        case .connectionsRefusedHandshakes: "handshakes"
        case .connectionsRefusedDescriptors: "descriptors"
        default: nil
        }
    }

    /// What is counted, in one sentence.
    package var help: String {
        switch self {
        case .connectionsAccepted: "Connections that were taken."
        case .connectionsRefused, .connectionsRefusedAddress, .connectionsRefusedHandshakes,
            .connectionsRefusedDescriptors:
            "Connections that were turned away, by what there was too much of."
        case .handshakesRefused: "Connections that ended before their handshake did."
        case .bytesReceived: "Bytes that came from sockets, TLS and all."
        case .bytesSent: "Bytes that went to sockets, TLS and all."
        case .callsBegun: "Calls whose headers came."
        case .rowsScored: "Rows that were scored, those without a score included."
        case .scoringNanoseconds: "Time in which event loops scored rows."
        case .companiesAssessed: "Companies that were assessed, those without a score included."
        case .companiesDecided:
            "Companies that were decided on, those of which something is missing included."
        case .papersRead: "Papers that were read, those that could not be included."
        case .runsEnded: "Runs over portfolios that this server ended."
        case .runsFailed: "Runs over portfolios that failed, since a block could not be done."
        case .blocksRescored: "Blocks of runs over portfolios that this server did."
        case .companiesRescored: "Companies of portfolios that were scored again."
        case .telemetryPushesFailed: "Pushes to a collector of telemetry that failed."
        case .logLinesDropped: "Lines of the log that whoever reads it was too slow for."
        case .deliveriesTaken: "Messages to others that were taken."
        case .deliveriesFailed: "Tries of messages to others that failed."
        case .deliveriesRepeated: "Messages to others sent again that may have been taken before."
        case .jobBlocksKept: "Blocks of jobs whose answers were kept."
        case .jobBlocksRepeated: "Blocks of jobs that were answered from what was kept."
        default: "Calls that ended, by their code."
        }
    }

    /// Names of gRPC's codes, by their numbers.
    package static let codes = [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND",
        "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
        "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
        "UNAUTHENTICATED",
    ]
}
