// SPDX-License-Identifier: Apache-2.0

// What courts and registers say of a company.

/// An event of a company's legal life.
public struct LegalEvent: Sendable, Hashable {
    /// What happened, by the names that `vigie papers read` writes, such as `"rj_opened"`.
    public struct Kind: RawRepresentable, Sendable, Hashable {
        /// The name.
        public let rawValue: String

        /// Takes a name. One that is none is refused when it is assessed.
        ///
        /// - Parameter rawValue: The name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// All kinds that this version knows, in the order of the API.
        public static let allKinds: [Kind] = [
            "sauvegarde_opened", "sortie_de_crise_opened", "rj_opened", "converted_to_rj",
            "lj_opened", "converted_to_lj", "lj_reopened", "extended", "plan_adopted",
            "plan_cession_adopted", "plan_modified", "plan_resolved", "plan_resolved_rj",
            "plan_resolved_lj", "procedure_ended", "closed_paid", "closed_insufficient_assets",
            "closed_unspecified", "appeal_reversed", "appeal_other", "unclear",
            "cessation_date_changed", "organs_named", "deadline_extended", "deposit_notice",
            "personal_sanction", "not_company_insolvency", "struck_off", "strike_off_withdrawn",
            "registered", "voluntary_dissolution", "seat_moved", "accounts_deposited",
            "business_sold",
        ].map(Kind.init)
    }

    /// Collective proceedings of French law.
    public enum Proceeding: Sendable, Hashable, CaseIterable {
        /// Safeguard.
        case sauvegarde
        /// Reorganisation (redressement judiciaire).
        case reorganisation
        /// Liquidation.
        case liquidation
    }

    /// What happened.
    public var kind: Kind
    /// When it was made known: from this day on it counts.
    public var published: Day
    /// When it was decided.
    public var decided: Day?
    /// The proceedings that the notice names.
    public var proceeding: Proceeding?
    /// The notice, such as `"A20250133905"`. The same notice and kind twice count once.
    public var notice: String
    /// Where it stands.
    public var place: PaperPlace

    /// Tells of an event.
    ///
    /// - Parameters:
    ///   - kind: What happened.
    ///   - published: When it was made known.
    ///   - decided: When it was decided.
    ///   - proceeding: The proceedings that the notice names.
    ///   - notice: The notice.
    ///   - place: Where it stands.
    public init(
        kind: Kind,
        published: Day,
        decided: Day? = nil,
        proceeding: Proceeding? = nil,
        notice: String,
        place: PaperPlace = PaperPlace()
    ) {
        self.kind = kind
        self.published = published
        self.decided = decided
        self.proceeding = proceeding
        self.notice = notice
        self.place = place
    }
}

/// A notice that takes back or replaces an earlier one.
public struct NoticeCorrection: Sendable, Hashable {
    /// The notice that no longer holds.
    public var corrected: String
    /// The notice that says so.
    public var by: String
    /// When that was made known.
    public var published: Day
    /// What the earlier notice told of, as far as the later one says.
    public var kind: LegalEvent.Kind?
    /// When that was decided.
    public var decided: Day?
    /// Numbers of the companies that the later notice is for.
    public var companies: [String] = []
    /// Where the later notice stands.
    public var place = PaperPlace()

    /// Tells of a correction.
    ///
    /// - Parameters:
    ///   - corrected: The notice that no longer holds.
    ///   - by: The notice that says so.
    ///   - published: When that was made known.
    public init(corrected: String, by: String, published: Day) {
        (self.corrected, self.by, self.published) = (corrected, by, published)
    }
}

/// What a register says of a company.
public struct RegisterEntry: Sendable, Hashable {
    /// A register.
    public enum Register: Sendable, Hashable, CaseIterable {
        /// The directory of companies (Sirene).
        case sirene
        /// The register of businesses (RNE).
        case rne
    }

    /// Which register says it.
    public var register: Register
    /// Whether the company is active there; `nil` where it does not say.
    public var isActive: Bool?
    /// Since when it is in that state.
    public var since: Day?
    /// When it was struck off.
    public var struckOff: Day?
    /// When the entry was last changed: from this day on it is known.
    public var updated: Day?
    /// Where it stands.
    public var place: PaperPlace
    /// The activity, such as `"43.32A"`: quartiles of its trade are found by it.
    public var activity: String?
    /// How many people it has at least: quartiles of its size are found by it.
    public var headcount: Int?

    /// Tells of an entry.
    ///
    /// - Parameters:
    ///   - register: Which register says it.
    ///   - isActive: Whether the company is active there.
    ///   - since: Since when it is in that state.
    ///   - struckOff: When it was struck off.
    ///   - updated: When the entry was last changed.
    ///   - place: Where it stands.
    public init(
        register: Register,
        isActive: Bool? = nil,
        since: Day? = nil,
        struckOff: Day? = nil,
        updated: Day? = nil,
        place: PaperPlace = PaperPlace()
    ) {
        self.register = register
        self.isActive = isActive
        self.since = since
        self.struckOff = struckOff
        self.updated = updated
        self.place = place
    }
}
