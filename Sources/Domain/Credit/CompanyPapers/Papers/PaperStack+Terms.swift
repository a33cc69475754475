// SPDX-License-Identifier: Apache-2.0

// Whose terms are whose: numbers of customers are a company's own, and "C001" is another customer
// in the next company's book.

internal import CreditFacts
internal import PaymentTerms
internal import Quantities

extension PaperStack {
    /// The terms for a company's book: its own before those that name no company.
    func terms(of company: SIREN?) -> [String: PaymentTerm] {
        guard let own = company.flatMap({ ownTerms[$0] }) else { return terms }
        return terms.merging(own) { $1 }
    }

    /// Tells that terms of nobody in particular were used for the books of several companies.
    mutating func noteTermsOfNobody() {
        let owners = Set(books.map(\.siren))
        guard owners.count > 1 else { return }
        for paper in termsOfNobody where papers.indices.contains(Int(paper)) {
            papers[Int(paper)].findings.add(
                Finding(
                    .termsOwnerUnknown,
                    at: PaperReference(paper: paper, line: 0),
                    ["\(owners.count)"]
                )
            )
        }
        termsOfNobody = []
    }
}
