// SPDX-License-Identifier: Apache-2.0

// Probabilities within other horizons: one for each that a model was fitted for. A horizon that
// nobody fitted is not there; nothing is extrapolated.

package import CreditFacts
package import Scoring

/// What a model says of one horizon.
package struct HorizonFigures: Sendable, Equatable {
    /// Months for which the probability holds.
    package var months: Int
    /// Name and version of the model.
    package var model: String
    /// The figures, with what payments add.
    package var figures: RiskFigures
}

/// Assesses companies by models of other horizons.
package struct HorizonAssessor: Sendable {
    private let assessors: [(months: Int, assessor: Assessor)]

    /// Makes one.
    ///
    /// - Parameter models: The models beside the one that assessments are made with; of two of one
    ///   horizon the first counts.
    package init(_ models: [ScoringModel]) throws(ScoringError) {
        var assessors: [(months: Int, assessor: Assessor)] = []
        for model in models {
            let months = model.manifest.horizonMonths
            if assessors.contains(where: { $0.months == months }) { continue }
            assessors.append((months, try Assessor(model: model)))
        }
        self.assessors = assessors
    }

    /// Adds to assessments what the models say of their horizons, the nearest first. One that was
    /// made of payments alone has one horizon: nothing was fitted for others.
    ///
    /// - Parameter companies: The facts that they were made of, in the same order.
    package func add(
        to assessments: inout [Assessment],
        of companies: [CompanyFacts],
        _ options: Assessor.Options
    ) throws(ScoringError) {
        var request = options
        request.reasonCount = 0
        for place in assessments.indices { assessments[place].addOwnHorizon() }
        for (months, assessor) in assessors {
            let answers = try assessor.assess(companies, request)
            for (place, answer) in answers.enumerated() where place < assessments.count {
                guard assessments[place].basis != .payments, answer.basis != .payments,
                    let figures = answer.adjusted, let model = answer.model,
                    !assessments[place].horizons.contains(where: { $0.months == months })
                else { continue }
                assessments[place].horizons.append(
                    HorizonFigures(months: months, model: model, figures: figures)
                )
            }
        }
        for place in assessments.indices { assessments[place].orderHorizons() }
    }
}

extension Assessment {
    /// Its own horizon is one of them.
    fileprivate mutating func addOwnHorizon() {
        horizons = []
        guard let months = horizonMonths, let model, let adjusted else { return }
        horizons.append(HorizonFigures(months: months, model: model, figures: adjusted))
    }

    /// The nearest first; who fails within a year has failed within two.
    fileprivate mutating func orderHorizons() {
        horizons.sort { $0.months < $1.months }
        for (near, far) in zip(horizons, horizons.dropFirst())
        where far.figures.probability < near.figures.probability {
            let percent = { (value: Double) in
                "\((value * 10_000).rounded() / 100) %"
            }
            findings.append(
                Finding(
                    .horizonsNotMonotone,
                    at: statements.first?.source ?? PaperReference(paper: 0, line: 0),
                    [
                        "\(near.months)", percent(near.figures.probability), "\(far.months)",
                        percent(far.figures.probability),
                    ]
                )
            )
        }
    }
}
