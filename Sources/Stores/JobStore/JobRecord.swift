// SPDX-License-Identifier: Apache-2.0

// Jobs by their owners and names.

package import Databases
internal import PortfolioStore
package import Quantities
internal import VigieLimits

/// What all streams of a job have in common: answers of one are answers of the others.
package struct JobBinding: Sendable, Equatable {
    /// What is said of rows. The numbers stand in the store.
    package enum Kind: Int, Sendable {
        /// They are scored.
        case scores = 1
        /// They are assessed.
        case assessments = 2
    }

    /// What is said of the rows.
    package var kind: Kind
    /// The models, as "name@version", with commas between them.
    package var models: String
    /// What tells their contents, in the same order.
    package var hashes: String
    /// The day for which companies are assessed.
    package var day: CalendarDate
    /// SHA-256 of columns and outputs.
    package var columns: [UInt8]

    /// Makes one.
    package init(
        _ kind: Kind,
        models: String,
        hashes: String,
        day: CalendarDate,
        columns: [UInt8]
    ) {
        (self.kind, self.models, self.hashes) = (kind, models, hashes)
        (self.day, self.columns) = (day, columns)
    }
}

/// A job.
package struct JobRecord: Sendable, Equatable {
    /// Its number, from 1; no other job has it again.
    package let number: Int
    /// The name that its owner gives it.
    package let id: String
    /// What its streams have in common.
    package let binding: JobBinding
    /// The encoded message that its streams are told first.
    package let greeting: [UInt8]
    /// Blocks that were answered: those from 0 on.
    package let blockCount: Int
    /// Their rows.
    package let rowCount: Int
    /// Bytes that their answers take.
    package let byteCount: Int
    /// When it began, in microseconds since 1970 in UTC.
    package let beganAtMicroseconds: Int
    /// Since when nothing has happened to it, in the time of jobs.
    package let keptFromMicroseconds: Int
}

/// What is kept of all jobs.
package struct JobTotals: Sendable, Equatable {
    /// Jobs of one owner.
    package let own: Int
    /// Jobs of all owners.
    package let all: Int
    /// Bytes of all answers, those that are about to go among them.
    package let byteCount: Int
}

extension DatabaseConnection {
    /// A job of an owner; nil when he has none of that name.
    package func job(_ id: String, of owner: String) throws(DatabaseError) -> JobRecord? {
        try jobs("owner = $1 and id = $2", [.text(owner), .text(id)]).first
    }

    /// The jobs of an owner, by their names.
    package func jobs(of owner: String) throws(DatabaseError) -> [JobRecord] {
        try jobs("owner = $1 and id is not null", [.text(owner)])
    }

    private func jobs(
        _ condition: String,
        _ values: [DatabaseValue]
    ) throws(DatabaseError) -> [JobRecord] {
        try all(
            """
            select number, id, kind, models, hashes, as_of_day, columns, greeting, block_count,
                row_count, byte_count, began_at, kept_from
            from job where \(condition) order by id limit \(JobLimits.jobsMax)
            """,
            values
        ) { row throws(DatabaseError) in
            guard let kind = JobBinding.Kind(rawValue: try row.integer(2)),
                let day = CalendarDate(dayNumber: try row.integer(5))
            else { throw DatabaseError(.damaged, "a job is of no known kind or day") }
            let binding = JobBinding(
                kind,
                models: try row.text(3),
                hashes: try row.text(4),
                day: day,
                columns: try row.bytes(6)
            )
            return JobRecord(
                number: try row.integer(0),
                id: try row.text(1),
                binding: binding,
                greeting: try row.bytes(7),
                blockCount: try row.integer(8),
                rowCount: try row.integer(9),
                byteCount: try row.integer(10),
                beganAtMicroseconds: try row.integer(11),
                keptFromMicroseconds: try row.integer(12)
            )
        }
    }

    /// Begins a job, unless its owner has begun one of that name at this moment.
    package func addJob(
        _ id: String,
        of owner: String,
        _ binding: JobBinding,
        greeting: [UInt8],
        nowMicroseconds: Int
    ) throws(DatabaseError) {
        _ = try execute(
            """
            insert into job (number, owner, id, kind, models, hashes, as_of_day, columns, greeting,
                block_count, row_count, byte_count, began_at, kept_from)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, $10,
                (select elapsed from job_time where id = 1))
            on conflict (owner, id) do nothing
            """,
            [
                .integer(try takeNumbers(1, of: .job)), .text(owner), .text(id),
                .integer(binding.kind.rawValue), .text(binding.models), .text(binding.hashes),
                .integer(Int(binding.day.dayNumber)), .bytes(binding.columns), .bytes(greeting),
                .integer(nowMicroseconds),
            ]
        )
    }

    /// Lets a job begin its time anew.
    ///
    /// - Returns: Its blocks and bytes; nil for one that was forgotten or is over.
    package func touchJob(
        _ number: Int
    ) throws(DatabaseError) -> (blockCount: Int, byteCount: Int)? {
        try first(
            """
            update job set kept_from = (select elapsed from job_time where id = 1)
            where number = $1 and id is not null returning block_count, byte_count
            """,
            [.integer(number)]
        ) { row throws(DatabaseError) in (try row.integer(0), try row.integer(1)) }
    }

    /// Takes the name from a job; its rows go by and by.
    ///
    /// - Returns: False when there is none.
    package func forgetJob(_ id: String, of owner: String) throws(DatabaseError) -> Bool {
        try execute(
            "update job set id = null where owner = $1 and id = $2",
            [.text(owner), .text(id)]
        ) == 1
    }

    /// What is kept of all jobs.
    package func jobTotals(of owner: String) throws(DatabaseError) -> JobTotals {
        let found = try first(
            """
            select cast(coalesce(sum(case when owner = $1 and id is not null then 1 else 0 end), 0)
                    as bigint),
                cast(coalesce(sum(case when id is not null then 1 else 0 end), 0) as bigint),
                cast(coalesce(sum(byte_count), 0) as bigint)
            from job
            """,
            [.text(owner)]
        ) { row throws(DatabaseError) in
            JobTotals(
                own: try row.integer(0),
                all: try row.integer(1),
                byteCount: try row.integer(2)
            )
        }
        return found ?? JobTotals(own: 0, all: 0, byteCount: 0)
    }
}
