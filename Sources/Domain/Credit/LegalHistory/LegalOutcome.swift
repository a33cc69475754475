// SPDX-License-Identifier: Apache-2.0

// What is said of a company before any score: the evidence of courts, of the register of trade and
// of the directory of companies (Sirene) together. A strike-off beats an older "active", since it
// is an act of the court registry; the conflict is told.

package import CreditFacts
package import Quantities

/// What the directory of companies says.
package struct DirectoryStatus: Sendable, Hashable {
    /// Whether the company is active there.
    package var isActive: Bool
    /// Since when.
    package var since: CalendarDate?
    /// Where it was read.
    package var source: PaperReference

    /// Takes what the directory says.
    package init(isActive: Bool, since: CalendarDate?, source: PaperReference) {
        self.isActive = isActive
        self.since = since
        self.source = source
    }
}

/// What can be said of a company at all.
package enum LegalOutcome: String, Sendable {
    /// Collective proceedings are open.
    case inProceedings = "in_proceedings"
    /// It ended.
    case closed
    /// Somebody has to read a judgment first.
    case review
    /// Nothing keeps it from being scored.
    case scorable

    /// Weighs what is known: courts first, then the directory, then a strike-off.
    ///
    /// - Parameters:
    ///   - state: Where the company stands in proceedings.
    ///   - isActive: What the directory says; nil if nothing is known of it.
    ///   - activeSince: Since when the company is active there.
    ///   - struckOff: When it was struck off; nil if it was not.
    package init(
        _ state: ProceedingState,
        isActive: Bool?,
        activeSince: CalendarDate?,
        struckOff: CalendarDate?
    ) {
        if state.isOpen {
            self = .inProceedings
        } else if state.isClosed || isActive == false {
            self = .closed
        } else if let struckOff, activeSince.map({ $0 <= struckOff }) ?? true {
            self = .closed
        } else {
            // An opening that was reversed leaves the company as it was; any other judgment that
            // nobody has read blocks "healthy".
            self = state.needsReview && state != .reviewAfterAppeal ? .review : .scorable
        }
    }
}

/// What courts, register and directory together say.
package struct LegalEvidence: Sendable, Equatable {
    /// A strike-off.
    package struct StrikeOff: Sendable, Equatable {
        /// When.
        package var day: CalendarDate
        /// Where it was read; nil where nobody says.
        package var source: PaperReference?

        /// Tells of a strike-off.
        package init(day: CalendarDate, source: PaperReference? = nil) {
            (self.day, self.source) = (day, source)
        }
    }

    /// Two sources that do not agree.
    package enum Conflict: Sendable, Equatable {
        /// Struck off, and active in the directory.
        case struckOffYetActive(struckOff: CalendarDate, activeSince: CalendarDate?)
        /// Active in the directory again, since after it was struck off.
        case activeAgain(struckOff: CalendarDate, activeSince: CalendarDate)
    }

    /// What can be said.
    package var outcome: LegalOutcome
    /// Since when; nil with `scorable`.
    package var since: CalendarDate?
    /// Whether somebody has to read a judgment, whatever the outcome.
    package var needsReview = false
    /// Whether it failed before: a liquidation was closed because assets were not sufficient.
    package var hasFailed = false
    /// What does not fit together.
    package var conflicts: [Conflict] = []
    /// What the directory says; nil if nothing was read from it.
    package var directory: DirectoryStatus?
    /// When the company was struck off, and where that was read; nil if it was not.
    package var strikeOff: StrikeOff?
    /// Whether it is on the register, by all sources together.
    package var register = RegisterState.active

    /// Weighs what is known.
    ///
    /// - Parameters:
    ///   - status: What notices say.
    ///   - directory: What the directory says; nil if nothing was read from it.
    ///   - struckOff: When the register of businesses says that the company was struck off, and
    ///     where; nil if it does not, or did not yet on the day that is looked at. It counts where
    ///     no notice tells of a strike-off, unless a later notice tells of a registration.
    package init(
        _ status: LegalStatus,
        directory: DirectoryStatus?,
        struckOff registered: StrikeOff? = nil
    ) {
        self.directory = directory
        strikeOff = Self.strikeOff(status, registered)
        hasFailed = status.state == .closedInsufficientAssets
        let active = directory.flatMap { $0.isActive ? $0.since : nil }
        outcome = LegalOutcome(
            status.state,
            isActive: directory?.isActive,
            activeSince: active,
            struckOff: strikeOff?.day
        )
        if status.state.isOpen || status.state.isClosed {
            since = status.since
        } else if let directory, !directory.isActive {
            since = directory.since
        } else if let struckOff = strikeOff?.day, outcome == .closed {
            if directory != nil {
                conflicts = [.struckOffYetActive(struckOff: struckOff, activeSince: active)]
            }
            since = struckOff
        } else {
            if let struckOff = strikeOff?.day, let active {
                conflicts = [.activeAgain(struckOff: struckOff, activeSince: active)]
            }
            since = outcome == .review ? status.since : nil
        }
        register = registerState(status)
        needsReview = status.state.needsReview || status.unread != nil
    }

    /// When the company was struck off, by notices or else by the register of businesses.
    private static func strikeOff(
        _ status: LegalStatus,
        _ registered: StrikeOff?
    ) -> StrikeOff? {
        let event = status.registerEvent
        if status.register == .struckOff, let event {
            return StrikeOff(day: event.effective, source: event.source)
        }
        guard let registered else { return nil }
        if status.register == .active, let event, event.effective > registered.day {
            return nil
        }
        return registered
    }

    /// Where the company stands: struck off, unless it is active again since; ceased, where the
    /// directory says so.
    private func registerState(_ status: LegalStatus) -> RegisterState {
        let isActiveAgain = conflicts.contains {
            if case .activeAgain = $0 { true } else { false }
        }
        if strikeOff != nil, !isActiveAgain { return .struckOff }
        if let directory, !directory.isActive { return .ceased }
        return status.register == .dissolving ? .dissolving : .active
    }
}
