// SPDX-License-Identifier: Apache-2.0

// A paper that is not empty and of which nothing could be read is an error, never a company of
// which nothing is known.

package import CreditFacts
package import Documents

extension Findings {
    /// The error of a paper of which no record could be used.
    package func nothing(of counts: RecordCounts, in source: String) -> InputError {
        guard counts.read > 0 else {
            return InputError(
                .content,
                "\(source) has no record behind its header",
                hint: "export it again, with what it should hold"
            )
        }
        let first = kept.first { $0.source.line > 1 } ?? kept.first
        let why = first.map { finding in
            let values =
                finding.values.isEmpty ? "" : " (\(finding.values.joined(separator: ", ")))"
            let field = finding.field.isEmpty ? "" : ", \(finding.field)"
            return "; first line \(finding.source.line)\(field): \(finding.code.rawValue)\(values)"
        }
        return InputError(
            .content,
            "none of the \(counts.read) records of \(source) could be read" + (why ?? ""),
            hint: "see that its cells stand under their names, and export it again"
        )
    }
}
