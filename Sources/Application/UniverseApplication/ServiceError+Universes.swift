// SPDX-License-Identifier: Apache-2.0

// What is said of universes that cannot be had as asked.

internal import ScoreHistory
internal import ServiceErrors
internal import UniverseBlocks
internal import VigieLimits

extension ServiceError {
    /// What is wrong with a universe.
    init(_ problem: UniverseProblem) {
        let text = problem.description
        let (first, rest) = (text.prefix(1).uppercased(), text.dropFirst())
        let message = first + rest + (text.hasSuffix(".") ? "" : ".")
        switch problem.code {
        case .damaged: self.init(.dataLoss, "DAMAGED_BLOCK", message)
        case .unfit: self.init(.failedPrecondition, "MODEL_DOES_NOT_FIT", message)
        case .tooMany:
            self = .overLimit(
                "rows",
                "blocks",
                message,
                value: UniverseLimits.blocks + 1,
                maximum: UniverseLimits.blocks,
                code: .resourceExhausted
            )
        case .twice: self = .invalid("rows.sirens", "COMPANY_TWICE", message)
        case .noSIREN: self = .invalid("rows.sirens", "BAD_SIREN", message)
        }
    }

    /// No universe of that name.
    static func unknownUniverse(_ name: String) -> ServiceError {
        let shown = name.shownInMessages
        return ServiceError(
            .notFound,
            "UNKNOWN_UNIVERSE",
            "There is no universe \"\(shown)\"; LoadUniverse makes one, ListUniverses tells those "
                + "there are.",
            metadata: ["universe": shown],
            detail: .resource(type: "vigie.v1.Universe", name: shown)
        )
    }

    /// The universe has no inputs yet.
    static func emptyUniverse(_ name: String) -> ServiceError {
        ServiceError(
            .failedPrecondition,
            "EMPTY_UNIVERSE",
            "The universe \"\(name.shownInMessages)\" has no companies; load some first."
        )
    }

    /// A load of the whole names nobody.
    static func emptyLoad(_ name: String) -> ServiceError {
        ServiceError(
            .failedPrecondition,
            "EMPTY_LOAD",
            "The load names no company, and would be all of the universe "
                + "\"\(name.shownInMessages)\": every company would have left. Nothing was changed."
        )
    }

    /// Another load has the universe.
    static func universeBusy(_ name: String) -> ServiceError {
        ServiceError(
            .failedPrecondition,
            "UNIVERSE_BUSY",
            "Another load of the universe \"\(name.shownInMessages)\" has not ended yet; wait for "
                + "it, or for ten minutes after the last it was heard of."
        )
    }

    /// What companies of a block owe cannot be added up.
    static func damagedExposures(ofBlock block: Int, _ problem: ExposureProblem) -> ServiceError {
        ServiceError(
            .dataLoss,
            "DAMAGED_BLOCK",
            "The exposures of block \(block): \(problem.description)."
        )
    }

    /// The universe is another load's by now.
    static var loadLost: ServiceError {
        ServiceError(
            .failedPrecondition,
            "LOAD_LOST",
            "Too long nothing came, and another load began; nothing of this one is kept. Load "
                + "again."
        )
    }

    /// No run of a universe is done as of a day.
    static func noRun(_ field: String, _ day: String) -> ServiceError {
        ServiceError(
            .failedPrecondition,
            "NO_RUN",
            "No run is done as of \(day) or before (\(field)); ListUniverseRuns tells those there "
                + "are."
        )
    }

    /// The universe does not have the company.
    static func companyNotInUniverse(_ siren: String) -> ServiceError {
        ServiceError(
            .notFound,
            "UNKNOWN_COMPANY",
            "The universe has no company \(siren).",
            metadata: ["company": siren]
        )
    }
}
