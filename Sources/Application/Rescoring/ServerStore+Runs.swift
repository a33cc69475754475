// SPDX-License-Identifier: Apache-2.0

// Runs that a server plans on its own. Each looks first, which writes nothing.

internal import Databases
package import PortfolioApplication
package import PortfolioStore
package import Quantities
package import ServiceErrors
internal import VigieLimits

extension ServerStore {
    /// Plans the run of a day over the companies of all portfolios.
    ///
    /// - Returns: Its number, or that of the one that is there; nil when no portfolio has any.
    package func planDailyRun(
        asOf day: CalendarDate,
        by model: RunModel
    ) throws(ServiceError) -> Int? {
        let hasCompanies = try read { connection throws(DatabaseError) in
            .success(try connection.haveCompanies())
        }
        guard hasCompanies else { return nil }
        return try write { connection throws(DatabaseError) in
            .success(
                try connection.planRun(
                    .daily,
                    asOf: day,
                    by: model,
                    requestedBy: "",
                    nowMicroseconds: clock()
                )
            )
        }
    }

    /// Plans a run over companies of which something arrived.
    ///
    /// - Returns: Its number; nil when there is none to plan.
    package func planArrivalRun(
        asOf day: CalendarDate,
        by model: RunModel
    ) throws(ServiceError) -> Int? {
        let isDue = try read { connection throws(DatabaseError) in
            .success(try connection.haveFactsArrived())
        }
        guard isDue else { return nil }
        return try write { connection throws(DatabaseError) in
            .success(
                try connection.planArrivalRun(
                    asOf: day,
                    by: model,
                    waitMicroseconds: RescoringLimits.arrivalMicroseconds,
                    otherModelMicroseconds: RescoringLimits.forgottenMicroseconds,
                    nowMicroseconds: clock()
                )
            )
        }
    }

    /// Fails runs that no server works on any more because none has their model: they would keep
    /// later ones from their blocks.
    package func failForgottenRuns(except model: RunModel) throws(ServiceError) {
        let before = clock() - RescoringLimits.forgottenMicroseconds
        let runs = try read { connection throws(DatabaseError) in
            .success(
                try connection.forgottenRuns(
                    except: model.hash,
                    before: before,
                    nowMicroseconds: clock()
                )
            )
        }
        for run in runs {
            _ = try BlockKeeper(self, []).fail(run, "no server has its model any more")
        }
    }
}
