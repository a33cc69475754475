// SPDX-License-Identifier: Apache-2.0

// When jobs are over. A job is kept for a day of the time of jobs, which servers move on as they
// look at their clocks: by what has passed since the last look of any of them, by little at most,
// and never back. So a clock that is set, forwards or backwards, ends no job early; and a store
// whose servers are stopped for a week keeps its jobs for a week longer.

package import Databases
internal import VigieLimits

extension DatabaseConnection {
    /// Moves the time of jobs on.
    ///
    /// - Returns: What it is now.
    package func moveJobTime(nowMicroseconds now: Int) throws(DatabaseError) -> Int {
        // Written first, so that no other server moves it meanwhile.
        let found = try first(
            "update job_time set elapsed = elapsed where id = 1 returning elapsed, seen_at"
        ) { row throws(DatabaseError) in (elapsed: try row.integer(0), seen: try row.integer(1)) }
        guard let (elapsed, seen) = found else {
            throw DatabaseError(.damaged, "the store has no time of jobs")
        }
        // A look from far ahead was made by a clock that is right again.
        let isSet = seen == 0 || seen > now + StoreLimits.clockSlackMicroseconds
        let step = isSet ? 0 : min(max(now - seen, 0), JobLimits.jobStepMicroseconds)
        _ = try execute(
            "update job_time set elapsed = $1, seen_at = $2 where id = 1",
            [.integer(elapsed + step), .integer(isSet ? now : max(seen, now))]
        )
        return elapsed + step
    }

    /// The time of jobs.
    package func jobTime() throws(DatabaseError) -> Int {
        try first("select elapsed from job_time where id = 1") { row throws(DatabaseError) in
            try row.integer(0)
        } ?? 0
    }

    /// Takes the names from jobs to which nothing has happened for a day.
    ///
    /// - Returns: How many there were.
    package func endJobs(at time: Int) throws(DatabaseError) -> Int {
        // What happens to a job is noted with the time of the last look.
        let last = time - JobLimits.jobKeptMicroseconds - JobLimits.jobStepMicroseconds
        return try execute(
            "update job set id = null where id is not null and kept_from < $1",
            [.integer(last)]
        )
    }

    /// Deletes some rows of jobs without a name.
    ///
    /// - Returns: Whether there may be more.
    package func deleteEndedJobs() throws(DatabaseError) -> Bool {
        let job = try first("select min(number) from job where id is null") {
            row throws(DatabaseError) in try row.integerIfAny(0)
        }
        guard let job = job ?? nil else { return false }
        let deleted = try execute(
            """
            delete from job_block where job = $1 and block in (
                select block from job_block where job = $1 order by block limit $2)
            """,
            [.integer(job), .integer(JobLimits.jobSweptBlocks)]
        )
        guard deleted < JobLimits.jobSweptBlocks else { return true }
        _ = try execute("delete from job where number = $1 and id is null", [.integer(job)])
        return true
    }
}
