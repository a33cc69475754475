// SPDX-License-Identifier: Apache-2.0

// The glossary as messages.

internal import Assessment
internal import ProtobufCoding
package import ServiceErrors
package import VigieProtos

extension Vigie_V1_ListTermsResponse {
    /// Answers what words mean.
    package static func answer(
        _ request: Vigie_V1_ListTermsRequest
    ) throws(ServiceError) -> Vigie_V1_ListTermsResponse {
        let reader: GlossaryTerm.Reader
        switch request.reader {
        case .unspecified, .credit: reader = .credit
        case .sales: reader = .sales
        case .company: reader = .company
        case .UNRECOGNIZED(let number): throw unknown("reader", number)
        }
        let inFrench: Bool
        switch request.language {
        case .unspecified, .english: inFrench = false
        case .french: inFrench = true
        case .UNRECOGNIZED(let number): throw unknown("language", number)
        }
        return .with {
            $0.terms = GlossaryTerm.all.map { .init($0, for: reader, inFrench: inFrench) }
        }
    }

    private static func unknown(_ field: String, _ number: Int) -> ServiceError {
        .invalid(
            field,
            "BAD_VALUE",
            "\(field) is \(number); the API has no such value.",
            metadata: ["value": "\(number)"]
        )
    }
}

extension Vigie_V1_Term {
    init(_ term: GlossaryTerm, for reader: GlossaryTerm.Reader, inFrench: Bool) {
        self.init()
        name = term.name
        title = term.title(inFrench: inFrench)
        meaning = term.meaning(inFrench: inFrench)
        origin = term.origin(inFrench: inFrench)
        caveat = term.caveat(inFrench: inFrench)
        advice = term.advice(for: reader, inFrench: inFrench)
    }
}
