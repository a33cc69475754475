// SPDX-License-Identifier: Apache-2.0

// Plans the runs of a server when they are due. Several servers ask for the same; the store has it
// planned once.

internal import Databases
package import PortfolioApplication
package import PortfolioStore
package import ServiceErrors
internal import VigieLimits

/// Plans runs. For one thread at a time.
package struct RescoringPlanner {
    private let store: ServerStore
    private let model: RunModel
    private var schedule: RescoringSchedule

    /// Takes when to plan, and by which model.
    package init(_ store: ServerStore, _ model: RunModel, _ schedule: RescoringSchedule) {
        (self.store, self.model, self.schedule) = (store, model, schedule)
    }

    /// Plans what is due now.
    ///
    /// - Returns: The runs that were planned, by this server or another one.
    package mutating func plan() throws(ServiceError) -> [Int] {
        var runs: [Int] = []
        for duty in schedule.duties(nowMicroseconds: store.clock()) {
            switch duty {
            case .daily(let day):
                let run = try store.planDailyRun(asOf: day, by: model)
                if let run {
                    schedule.note(planned: day)
                    runs.append(run)
                }
            case .arrivals(let day):
                if let run = try store.planArrivalRun(asOf: day, by: model) { runs.append(run) }
                try store.failForgottenRuns(except: model)
            }
        }
        return runs
    }
}
