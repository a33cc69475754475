// SPDX-License-Identifier: Apache-2.0

// A file of terms: which customer has agreed on what (customer, rule, days).

package import CreditFacts
package import Documents
package import PaymentTerms
package import Quantities

/// Terms of payment by customer.
package struct TermsOfCustomers: Sendable {
    /// The terms, by the customer's number or name as the ledger has it; of all companies' or of
    /// one that is not named.
    package private(set) var terms: [String: PaymentTerm] = [:]
    /// The terms that the company has which a column, or the file's name, names.
    package private(set) var ownTerms: [SIREN: [String: PaymentTerm]] = [:]
    /// What was noticed.
    package private(set) var findings: Findings
    /// Records that were read, and those set aside.
    package private(set) var counts: RecordCounts

    /// Reads a file.
    ///
    /// - Parameter delimiter: What separates cells; nil to tell it from the header.
    /// - Throws: What is missing from it, or that it has no records.
    package init(
        _ buffer: InputBuffer,
        delimiter: UInt8? = nil,
        paper: Int32,
        findingsPerCodeMax: Int
    ) throws(InputError) {
        var mark = try buffer.headerDelimiter()
        if let delimiter { mark = delimiter }
        var records = try NamedRecords(
            buffer,
            delimiter: mark,
            paper: paper,
            findingsPerCodeMax: findingsPerCodeMax
        )
        let customer = records.place(anyOf: ["customer", "client", "code client", "siren"])
        let owner = records.place(anyOf: ["owner", "company", "société", "societe", "seller"])
        let fileOwner = Self.owner(buffer.source.name)
        let rule = records.place(anyOf: ["rule", "règle", "regle", "term", "terms", "mode"])
        let days = records.place(anyOf: ["days", "jours", "délai", "delai"])
        guard let customer, let rule, let days else {
            throw InputError(
                .content,
                "\(buffer.source.name) is no file of terms: it needs the columns customer, rule "
                    + "and days"
            )
        }
        while try records.next() {
            guard let party = records.text(customer) else {
                records.setAside(.missingValue, field: "customer")
                continue
            }
            let (ruleText, daysText) = (records.text(rule) ?? "", records.text(days) ?? "")
            guard let count = Int(daysText), let term = PaymentTerm(rule: ruleText, days: count)
            else {
                records.setAside(.badTerm, field: "rule", [ruleText, daysText])
                continue
            }
            var siren = fileOwner
            if let text = records.text(owner) {
                guard let number = try? SIREN(text) else {
                    records.setAside(.badIdentifier, field: "owner", [text])
                    continue
                }
                siren = number
            }
            let held: PaymentTerm?
            if let siren {
                held = ownTerms[siren, default: [:]].updateValue(term, forKey: party)
            } else {
                held = terms.updateValue(term, forKey: party)
            }
            if let held, held != term { records.note(.repeatedTerm, field: "customer", [party]) }
        }
        (findings, counts) = (records.findings, records.counts)
        try records.requireRecords()
    }

    /// The company that a file's name begins with, as in "999100019_terms.csv"; nil for others.
    private static func owner(_ path: String) -> SIREN? {
        let name = path.split { $0 == "/" || $0 == "\\" }.last ?? ""
        let digits = name.prefix { $0.isASCII && $0.isNumber }
        return digits.count == 9 ? try? SIREN(String(digits)) : nil
    }
}
