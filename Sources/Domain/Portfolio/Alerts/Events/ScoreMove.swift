// SPDX-License-Identifier: Apache-2.0

// A change of a score in its parts: what another model sees in the same facts, what a paper
// brought, and what is left: the company and time.

/// How a score changed from one day to the next.
package struct ScoreMove: Sendable, Equatable {
    /// The score of yesterday's facts by the model of yesterday.
    package let yesterdayByOldModel: Double
    /// The score of yesterday's facts by the model of today.
    package let yesterdayByNewModel: Double
    /// The score of today's facts by the model of today.
    package let today: Double
    /// The score of today without the papers that came since yesterday; nil if none came, or it was
    /// not computed.
    package let todayWithoutPapers: Double?

    /// Takes the scores.
    package init(
        yesterdayByOldModel: Double,
        yesterdayByNewModel: Double,
        today: Double,
        todayWithoutPapers: Double? = nil
    ) {
        self.yesterdayByOldModel = yesterdayByOldModel
        self.yesterdayByNewModel = yesterdayByNewModel
        (self.today, self.todayWithoutPapers) = (today, todayWithoutPapers)
    }

    /// The whole change.
    package var total: Double { modelPart + companyPart }
    /// What the model did.
    package var modelPart: Double { yesterdayByNewModel - yesterdayByOldModel }
    /// What is left: only this can raise an alert about the company.
    package var companyPart: Double { today - yesterdayByNewModel }
    /// What papers did, as a part of the company's.
    package var dataPart: Double { todayWithoutPapers.map { today - $0 } ?? 0 }

    /// What moved the company's part: papers, if they did most of it.
    package var cause: AlertCause {
        let rest = companyPart - dataPart
        return dataPart.magnitude > rest.magnitude ? .dataArrived : .company
    }
}
