// SPDX-License-Identifier: Apache-2.0

// Which error ends with which exit code.

import CommandFiles
import CommandTables
import Testing
import VigieClient
import VigieCommand

@Suite struct CommandStatusTests {
    @Test func codesNeverChange() {
        #expect(
            CommandStatus.allCases.map(\.rawValue)
                == [0, 1, 2, 3, 4, 5, 64, 65, 66, 69, 73, 74, 78, 130, 141]
        )
    }

    @Test(arguments: [
        (
            VigieError.Code.unavailable, VigieError.ClientReason.cannotConnect,
            CommandStatus.cannotConnect
        ),
        (.unavailable, VigieError.ClientReason.tlsFailed, .cannotConnect),
        (.deadlineExceeded, VigieError.ClientReason.cannotConnect, .cannotConnect),
        (.unavailable, "DRAINING", .cannotConnect),
        (.unauthenticated, "", .notAuthorised),
        (.permissionDenied, "", .notAuthorised),
        (.deadlineExceeded, "", .deadlineExceeded),
        (.invalidArgument, VigieError.ClientReason.invalidConfiguration, .badConfiguration),
        (.invalidArgument, "UNKNOWN_COLUMN", .badInput),
        (.notFound, "MODEL_NOT_FOUND", .failure),
        (.internal, "", .failure),
    ])
    func errorsHaveTheirCodes(code: VigieError.Code, reason: String, status: CommandStatus) {
        let error = VigieError(code: code, reason: reason.isEmpty ? nil : reason, message: "M.")
        let failure = CommandFailure(error, server: "host:1")
        #expect(failure.status == status)
        #expect(failure.message.contains("M") && !failure.message.hasSuffix("."))
    }

    private static let causes: [(VigieError.Cause, CommandStatus, String)] = [
        (.nameNotFound, .cannotConnect, "host name"),
        (.connectionRefused, .cannotConnect, "vigied"),
        (.unreachable, .cannotConnect, "network"), (.timedOut, .cannotConnect, "--timeout"),
        (.notAllowedHere, .cannotConnect, "limits"), (.closed, .cannotConnect, "log"),
        (.notTLS, .cannotConnect, "TLS only"), (.noCommonTLS, .cannotConnect, "1.2 or 1.3"),
        (.noHTTP2, .cannotConnect, "proxy"), (.certificateExpired, .cannotConnect, "renewed"),
        (.certificateNotYetValid, .cannotConnect, "clock"),
        (.certificateNameMismatch, .cannotConnect, "--server-name"),
        (.certificateAuthorityUnknown, .cannotConnect, "--ca-cert"),
        (.certificateRejected, .cannotConnect, "anew"),
        (.clientCertificateRequired, .notAuthorised, "--client-cert"),
        (.clientCertificateRefused, .notAuthorised, "--tls-client-ca"),
    ]

    @Test(arguments: causes)
    func eachCauseHasAdviceOfItsOwn(
        cause: VigieError.Cause,
        status: CommandStatus,
        words: String
    ) {
        let error = VigieError(code: .unavailable, message: "M.", cause: cause, detail: "errno 7")
        let failure = CommandFailure(error, server: "host:1")
        #expect(failure.status == status)
        #expect(failure.hint?.contains(words) == true)
        #expect(failure.message.contains("host:1") && failure.message.hasSuffix("M"))
        #expect(!failure.text().contains("errno"))
        #expect(failure.text(verbose: true).contains("errno 7"))
        // --ca-cert mends one cause only.
        let isAuthority = cause == .certificateAuthorityUnknown
        #expect(failure.hint?.contains("--ca-cert") == isAuthority)
    }

    @Test func detailsAreShownOnRequestOnly() {
        let error = VigieError(
            code: .invalidArgument,
            reason: "UNKNOWN_COLUMN",
            message: "The model has no column \"slaes\".",
            fieldViolations: [
                .init(field: "header.columns[3]", description: "Did you mean sales?")
            ],
            metadata: ["column": "slaes"]
        )
        let failure = CommandFailure(error, server: "host:1")
        let text = failure.text(verbose: false)
        #expect(!text.contains("\n") && text.contains("Did you mean sales?"))
        let verbose = failure.text(verbose: true)
        #expect(verbose.contains("invalidArgument (3)") && verbose.contains("column=slaes"))
        #expect(verbose.contains("header.columns[3]"))
    }

    @Test func controlCharactersOfAServerAreEscaped() {
        let error = VigieError(code: .internal, message: "\u{1B}[2J gone")
        #expect(!CommandFailure(error, server: "h").message.contains("\u{1B}"))
    }

    @Test func rowsWithoutScoreChangeTheCode() {
        var summary = ScoreSummary()
        summary.rowCount = 3
        #expect(summary.status == .success)
        summary.notScoredCount = 1
        #expect(summary.status == .rowsWithoutScore)
        summary.notScoredCount = 0
        summary.badInputCount = 1
        #expect(summary.status == .rowsWithoutScore && summary.scoredCount == 2)
    }
}
