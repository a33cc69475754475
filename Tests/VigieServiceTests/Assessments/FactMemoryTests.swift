// SPDX-License-Identifier: Apache-2.0

// Companies that are read one after the other into the same memory, held against each read into a
// message of its own.

import AssessmentMessages
import CreditFacts
import ProtobufCoding
import ServiceErrors
import Testing
import VigieLimits
import VigieProtos

@Suite struct FactMemoryTests {
    private static func malformed(_ name: String) -> ServiceError {
        ServiceError(.invalidArgument, "MALFORMED_MESSAGE", name)
    }

    /// What a company comes to, or what is wrong with it.
    private static func outcome(_ facts: () throws -> CompanyFacts) -> [UInt8] {
        do {
            var writer = FactWriter()
            return writer.message(try facts()).serializedBytes()
        } catch {
            return Array("\(error)".utf8)
        }
    }

    private static func expectEqual(_ companies: [[UInt8]]) throws {
        let reader = try FactReader(lineNames: SampleCompany.lineNames, limits: ServiceLimits())
        let memory = FactMemory()
        for bytes in companies {
            let together = outcome {
                try bytes.withUnsafeBytes { try memory.facts($0, by: reader, malformed: malformed) }
            }
            let alone = outcome {
                guard let message = try? Vigie_V1_CompanyFacts(serializedBytes: bytes) else {
                    throw malformed(Vigie_V1_CompanyFacts.protoMessageName)
                }
                return try reader.facts(message)
            }
            #expect(together == alone)
        }
    }

    /// A company with every part there is.
    private static func complete() -> Vigie_V1_CompanyFacts {
        var company = SampleCompany.message()
        company.name = "SOCIÉTÉ D'ESSAI"
        company.comparatives = company.statements
        company.filings.closingDays = [19_722]
        company.events.kinds = [.registered, .accountsDeposited]
        company.events.publishedDays = [18_000, 19_000]
        company.events.notices = ["A1", "Ã©"]
        company.corrections.corrected = ["A1"]
        company.corrections.by = ["A2"]
        company.corrections.publishedDays = [19_001]
        company.registerEntries.registers = [.sirene]
        company.receivable = company.owed
        company.receivable.currencyNames = ["EUR"]
        company.receivable.currencies = Array(repeating: 1, count: company.owed.cents.count)
        company.unallocated.cents = [5_00]
        company.unallocated.days = [20_000]
        company.receivableCredits = company.unallocated
        company.ledgerUntilDay = 20_100
        company.ledgerOwner = .company
        company.hasDoubtfulPapers = true
        company.sales.months = [24_000]
        company.sales.cents = [1]
        return company
    }

    /// A field that the message gets later on must be here, and so in what is read.
    @Test func everyFieldIsThere() {
        let fields = Mirror(reflecting: Self.complete()).children
        let empty = Mirror(reflecting: Vigie_V1_CompanyFacts()).children
        for (field, nothing) in zip(fields, empty) {
            #expect("\(field.value)" != "\(nothing.value)", "\(field.label ?? "")")
        }
    }

    @Test func nothingOfTheCompanyBeforeIsLeft() throws {
        let complete = Self.complete()
        let changes: [(inout Vigie_V1_CompanyFacts) -> Void] = [
            { $0.siren = "" }, { $0.name = "" }, { $0.clearStatements() },
            { $0.clearComparatives() }, { $0.clearFilings() }, { $0.clearEvents() },
            { $0.clearCorrections() }, { $0.clearRegisterEntries() }, { $0.clearOwed() },
            { $0.clearReceivable() }, { $0.clearUnallocated() }, { $0.clearLedgerUntilDay() },
            { $0.hasDoubtfulPapers = false }, { $0.clearSales() }, { $0.clearReceivableCredits() },
            { $0.ledgerOwner = .unspecified },
            { $0.statements.rules = [] }, { $0.owed.references = [] }, { $0.owed.parties = [] },
            { $0.receivable.currencies = [] }, { $0.events.notices = [] }, { $0 = .init() },
        ]
        var companies = [complete.serializedBytes()]
        for change in changes {
            var company = complete
            change(&company)
            companies += [company.serializedBytes(), complete.serializedBytes()]
        }
        try Self.expectEqual(companies)
    }

    @Test func aPartThatComesTwiceIsAddedTo() throws {
        let once = Self.complete().serializedBytes()
        var first = Vigie_V1_CompanyFacts()
        first.statements.closingDays = [19_357]
        first.statements.months = [12]
        first.statements.lineCounts = [1]
        first.statements.lines = [3]
        first.statements.cents = [100]
        first.statements.rules = [.plan2024]
        first.statements.papers = [1]
        first.statements.paperLines = [1]
        try Self.expectEqual([once + once, first.serializedBytes() + once, once])
    }

    @Test func everyByteMayBeDamaged() throws {
        let complete = Self.complete().serializedBytes()
        var companies: [[UInt8]] = []
        for mask in [UInt8(0xFF), 0x80, 0x01] {
            for place in complete.indices {
                var company = complete
                company[place] ^= mask
                companies.append(company)
            }
        }
        companies += complete.indices.map { Array(complete[..<$0]) }
        try Self.expectEqual(companies)
    }
}
