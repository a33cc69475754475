// SPDX-License-Identifier: Apache-2.0

// What is known of companies as messages, and back.

internal import AssessmentMessages
internal import PortfolioStore
internal import Portfolios
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import VigieProtos

extension Vigie_V1_CompanyFacts {
    /// The facts of a company that the store knows by an identity.
    func known(as identity: CompanyIdentity) throws(ServiceError) -> Vigie_V1_CompanyFacts {
        guard case .siren(let known) = identity else { return self }
        var facts = self
        if facts.siren.isEmpty { facts.siren = known.description }
        guard facts.siren == known.description else {
            let shown = facts.siren.shownInMessages
            throw .invalid(
                "company.siren",
                "OTHER_SIREN",
                "company.siren is \"\(shown)\", and the company is \(known); facts are kept of the "
                    + "company that they are about.",
                metadata: ["value": shown, "company": known.description]
            )
        }
        return facts
    }
}

extension Vigie_V1_FactMode {
    /// What becomes of what is known already.
    var value: FactImportMode {
        get throws(ServiceError) {
            switch self {
            case .unspecified, .add: .add
            case .replace: .replace
            case .UNRECOGNIZED(let number): throw .noSuchValue("mode", number)
            }
        }
    }
}

extension Vigie_V1_ListedFact {
    /// A fact as the store has it.
    init(_ fact: ListedFact) {
        self = .with {
            $0.number = Int64(fact.number)
            $0.kind = .init(fact.kind)
            $0.day = fact.day.dayNumber
            $0.source = fact.source
            $0.knownAtMicroseconds = Int64(fact.knownAtMicroseconds)
            if let moment = fact.supersededAtMicroseconds {
                $0.supersededAtMicroseconds = Int64(moment)
            }
            $0.byteCount = Int64(fact.byteCount)
        }
    }
}

extension Vigie_V1_FactKind {
    /// What a fact is.
    init(_ kind: FactKind?) {
        self =
            switch kind {
            case .statement: .statement
            case .ledger: .ledger
            case .payment: .payment
            case .event: .event
            case .paper: .paper
            case .decision: .decision
            case .account: .account
            case nil: .unspecified
            }
    }
}

extension ServiceError {
    /// The same of a part of a message that stands elsewhere in a request than where it is read.
    func moved(from place: String, to field: String) -> ServiceError {
        var error = self
        let dot = field.isEmpty ? "" : "."
        let shownAs = { (path: String) in
            let rest = path.dropFirst(place.count)
            return rest.isEmpty ? field : field + dot + rest.drop { $0 == "." }
        }
        if case .field(let path) = detail, path.hasPrefix(place) {
            error.detail = .field(shownAs(path))
        }
        if message.hasPrefix(place) { error.message = shownAs(message) }
        return error
    }
}
