// SPDX-License-Identifier: Apache-2.0

import CServiceDescriptors
import MessageJSON
import ProtobufCoding
import Testing
import VigieProtos

/// Messages as JSON and back, by the descriptors that the server has.
struct MessageJSONTests {
    private let schema: MessageSchema

    init() throws {
        var schema = MessageSchema()
        var count = 0
        let files = UnsafeBufferPointer(start: vigie_descriptor_files(&count), count: count)
        for file in files {
            var reader = ProtobufReader(
                UnsafeRawBufferPointer(start: file.bytes, count: file.length)
            )
            _ = try reader.nextTag()
            try schema.add(file: try reader.part())
        }
        self.schema = schema
    }

    private func text(_ json: [UInt8]) -> String { String(decoding: json, as: UTF8.self) }

    @Test func servicesAreKnownWithTheirMethods() throws {
        let methods = try #require(schema.services["vigie.v1.PortfolioService"])
        let list = try #require(methods.first { $0.name == "ListPortfolios" })
        #expect(list.request == "vigie.v1.ListPortfoliosRequest" && !list.isStream)
        #expect(methods.first { $0.name == "ImportCompanies" }?.isStream == true)
    }

    @Test func aMessageBecomesADocumentAndTheSameMessageAgain() throws {
        let message = Vigie_V1_FollowedCompany.with {
            $0.company.siren = "552100554"
            $0.name = "Côte d'Or \u{2028}<b>\"\\\u{1}"
            $0.limit = .with {
                $0.minorUnits = -9_007_199_254_740_993
                $0.currency = "EUR"
            }
        }
        let name = "vigie.v1.FollowedCompany"
        let json = try schema.json(message.serializedBytes(), of: name)
        #expect(
            text(json)
                == #"{"company":{"siren":"552100554"},"name":"Côte d'Or \u2028\u003cb>\"\\\u0001","#
                + #""reference":"","limit":{"minorUnits":"-9007199254740993","currency":"EUR"}}"#
        )
        let again = try Vigie_V1_FollowedCompany(
            serializedBytes: try schema.message(json, of: name)
        )
        #expect(again.serializedBytes() == message.serializedBytes())
    }

    @Test func columnsOfAllKindsSurvive() throws {
        let message = Vigie_V1_CompanyFacts.with {
            $0.siren = "552100554"
            $0.statements.closingDays = [20_000, -1, .min, .max]
            $0.statements.months = [12, 0, .max]
            $0.statements.cents = [0, -1, .min, .max]
            $0.statements.forms = [.complete, .UNRECOGNIZED(77)]
            $0.owed.doubtful = [true, false]
            $0.owed.references = ["", "é"]
            $0.ledgerUntilDay = 0
        }
        let name = "vigie.v1.CompanyFacts"
        let bytes = message.serializedBytes()
        let json = try schema.json(bytes, of: name)
        #expect(text(json).contains(#""ledgerUntilDay":0"#))
        #expect(text(json).contains(#""forms":["STATEMENT_FORM_COMPLETE",77]"#))
        // Lists come one by one and not packed, which is the same message.
        let again = try Vigie_V1_CompanyFacts(
            serializedBytes: try schema.message(json, of: name)
        )
        #expect(again.serializedBytes() == bytes)
    }

    @Test(arguments: [
        ("[]", "", "must be an object"),
        ("{", "", "no JSON"),
        (#"{"pageSise":1}"#, "pageSise", "not known"),
        (#"{"pageSize":1,"page_size":1}"#, "page_size", "twice"),
        (#"{"pageSize":1.5}"#, "pageSize", "whole number"),
        (#"{"pageSize":3000000000}"#, "pageSize", "whole number"),
        (#"{"pageSize":"x"}"#, "pageSize", "whole number"),
        (#"{"pageToken":1}"#, "pageToken", "a text"),
        (#"{"portfolio":["a"]}"#, "portfolio", "a text"),
    ])
    func whatIsNoMessageIsRefusedWithItsPlace(json: String, path: String, words: String) {
        let error = #expect(throws: MessageJSONError.self) {
            try schema.message(Array(json.utf8), of: "vigie.v1.ListCompaniesRequest")
        }
        #expect(error?.path == path && error?.message.contains(words) == true, "\(json)")
    }

    @Test func membersOfAOneofExcludeEachOther() {
        let json = #"{"companies":[{},{"siren":"1","lei":"2"}]}"#
        let error = #expect(throws: MessageJSONError.self) {
            try schema.message(Array(json.utf8), of: "vigie.v1.RemoveCompaniesRequest")
        }
        #expect(error?.path == "companies[1].lei")
    }

    @Test func numbersAreReadAsTheyAreWritten() throws {
        let json = #"{"page_size":1e2,"pageToken":null,"portfolio":"p"}"#
        let message = try Vigie_V1_ListCompaniesRequest(
            serializedBytes: try schema.message(
                Array(json.utf8),
                of: "vigie.v1.ListCompaniesRequest"
            )
        )
        #expect(message.pageSize == 100 && message.pageToken.isEmpty && message.portfolio == "p")
        #expect(try schema.message([], of: "vigie.v1.ListCompaniesRequest").isEmpty)
    }

    @Test func damagedMessagesAreErrors() {
        for bytes: [UInt8] in [[0x0A, 0x05, 0x41], [0x08], [0x0A, 0x01, 0xFF], [0x07]] {
            #expect(throws: ProtobufError.self) {
                try schema.json(bytes, of: "vigie.v1.ListCompaniesRequest")
            }
        }
    }
}
