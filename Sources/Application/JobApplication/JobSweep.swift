// SPDX-License-Identifier: Apache-2.0

// Jobs that are over, and what goes of them. Any number of servers may do it.

internal import Databases
internal import JobStore
internal import PortfolioApplication
package import ServiceErrors
internal import VigieLimits

extension JobUseCases {
    /// Moves the time of jobs on, and ends those that have been kept for long enough.
    ///
    /// - Returns: How many ended.
    @discardableResult
    package func endOldJobs() throws(ServiceError) -> Int {
        let now = store.clock()
        return try store.write { connection throws(DatabaseError) in
            let time = try connection.moveJobTime(nowMicroseconds: now)
            return .success(try connection.endJobs(at: time))
        }
    }

    /// Deletes some of what is left of jobs that ended or were forgotten.
    ///
    /// - Returns: Whether there may be more.
    package func deleteSome() throws(ServiceError) -> Bool {
        try store.write { connection throws(DatabaseError) in
            .success(try connection.deleteEndedJobs())
        }
    }
}
