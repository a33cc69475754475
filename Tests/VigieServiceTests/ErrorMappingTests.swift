// SPDX-License-Identifier: Apache-2.0

// Each interface's mapping of the one shape of errors, whole.

import CommandFiles
import GRPCTransport
import ProtobufCoding
import ServiceErrors
import Testing
import VigieProtos
import VigieService
import vigied

@Suite struct ErrorMappingTests {
    static let codes: [(ServiceError.Code, GRPCStatus.Code, CommandStatus)] = [
        (.invalidArgument, .invalidArgument, .badConfiguration),
        (.notFound, .notFound, .cannotOpenInput),
        (.alreadyExists, .alreadyExists, .cannotCreateOutput),
        (.permissionDenied, .permissionDenied, .cannotOpenInput),
        (.failedPrecondition, .failedPrecondition, .cannotCreateOutput),
        (.resourceExhausted, .resourceExhausted, .badConfiguration),
        (.deadlineExceeded, .deadlineExceeded, .failure),
        (.unavailable, .unavailable, .failure),
        (.outOfRange, .outOfRange, .failure), (.dataLoss, .dataLoss, .badInput),
        (.internalError, .internalError, .inputOutputError),
    ]

    @Test func everyCodeHasItsPlace() throws {
        #expect(Self.codes.count == ServiceError.Code.allCases.count)
        for (code, status, exit) in Self.codes {
            let error = ServiceError(code, "A_REASON", "It is so.", metadata: ["a": "b"])
            let failure = try Failure(error.status)
            #expect(failure.code == status)
            #expect(failure.message == "It is so.")
            #expect(failure.information.reason == "A_REASON")
            #expect(failure.information.domain == "vigie")
            #expect(failure.information.metadata == ["a": "b"])
            let words = CommandFailure(error)
            #expect(words.status == exit)
            #expect(words.message == "It is so.")
            #expect(words.detail?.contains("A_REASON") == true)
        }
    }

    @Test func detailsAreTold() throws {
        var error = ServiceError.invalid("header.columns[3]", "UNKNOWN_COLUMN", "No.")
        #expect(try Failure(error.status).field == "header.columns[3]")
        error.detail = .resource(type: "vigie.v1.Model", name: "m")
        #expect(try Failure(error.status).resource == "m")
        error.detail = .retry(milliseconds: 1_250)
        #expect(try Failure(error.status).retryDelayNanoseconds == 1_250_000_000)
        let limit = ServiceError.overLimit("f", "rowsMax", "Too many.", value: 3, maximum: 2)
        #expect(limit.message == "Too many. The limit rowsMax is 2.")
        #expect(limit.metadata == ["limit": "rowsMax", "maximum": "2", "value": "3"])
    }

    @Test func foreignTextsAreShortAndHarmless() {
        #expect("a\u{1B}[2J\n".shownInMessages == "a?[2J?")
        let long = String(repeating: "é", count: 100)
        #expect(long.shownInMessages == String(repeating: "é", count: 64) + "...")
    }
}
