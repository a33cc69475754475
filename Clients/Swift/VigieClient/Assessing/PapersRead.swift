// SPDX-License-Identifier: Apache-2.0

// What papers say, and what became of each.

internal import ProtobufCoding
package import VigieProtos

/// What papers say.
public struct PapersRead: Sendable, Hashable {
    /// What became of a paper.
    public struct Paper: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// What it is, such as `"journal"`; `nil` where that was not found out.
        public var kind: String?
        /// Records that were used.
        public var kept: Int
        /// Records that could not be used.
        public var setAside: Int
        /// Why nothing could be read; `nil` where something was.
        public var error: String?
        /// What to do about that.
        public var advice: String?
        /// What was noticed: the first of each kind.
        public var findings: [PaperFinding]
        /// How many findings there are, with those that are not told.
        public var findingCount: Int
    }

    /// The companies, in the order in which papers name them.
    public var companies: [CompanyFacts]
    /// The papers: places of facts name them by their place in this list.
    public var papers: [Paper]

    /// What a message says; nil for one that does not hold together.
    package init?(_ message: Vigie_V1_ReadPapersResponse) {
        companies = []
        for company in message.companies {
            guard let facts = CompanyFacts(company, lineNames: message.lineNames) else {
                return nil
            }
            companies.append(facts)
        }
        papers = message.papers.map(Paper.init)
    }
}

extension PapersRead.Paper {
    fileprivate init(_ message: Vigie_V1_ReadPaper) {
        name = message.fileName
        kind = message.kind.isEmpty ? nil : message.kind
        kept = Int(clamping: message.kept)
        setAside = Int(clamping: message.setAside)
        error = message.error.isEmpty ? nil : message.error
        advice = message.advice.isEmpty ? nil : message.advice
        findings = message.findings.map(PaperFinding.init)
        findingCount = Int(clamping: message.findingCount)
    }
}
