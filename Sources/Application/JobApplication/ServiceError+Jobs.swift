// SPDX-License-Identifier: Apache-2.0

// What is said of jobs that cannot be had as asked.

internal import JobStore
internal import ServiceErrors
internal import VigieLimits

extension ServiceError {
    /// No job of that name.
    static func unknownJob(_ id: String) -> ServiceError {
        let shown = id.shownInMessages
        return ServiceError(
            .notFound,
            "UNKNOWN_JOB",
            "You have no job \"\(shown)\"; ListJobs tells those you have. A job is kept for 24 "
                + "hours after what happened to it last.",
            metadata: ["job": shown],
            detail: .resource(type: "job", name: shown)
        )
    }

    /// A job that went while a stream worked on it.
    static func forgottenJob(_ id: String) -> ServiceError {
        ServiceError(
            .notFound,
            "JOB_FORGOTTEN",
            "The job \"\(id)\" was forgotten meanwhile; begin it anew with its first block.",
            metadata: ["job": id]
        )
    }

    /// A block that was answered with other contents.
    static func changedBlock(_ number: Int, _ job: OpenJob) -> ServiceError {
        ServiceError(
            .failedPrecondition,
            "JOB_BLOCK_CHANGED",
            "Block \(number) of the job \"\(job.id)\" was answered before, and its contents were "
                + "other bytes; send the same rows in the same blocks, or begin another job.",
            metadata: ["job": job.id, "block": "\(number)"],
            detail: .field("block")
        )
    }

    /// Blocks behind the next one.
    static func jobGap(_ job: JobRecord, _ first: Int, _ field: String) -> ServiceError {
        ServiceError(
            .outOfRange,
            "JOB_GAP",
            "\(field) is \(first); the job \"\(job.id)\" has \(job.blockCount) blocks, so it must "
                + "be 0 to \(job.blockCount).",
            metadata: ["job": job.id, "blocks": "\(job.blockCount)"],
            detail: .field(field)
        )
    }

    /// An answer that cannot be read any more.
    static func damagedAnswer(_ number: Int) -> ServiceError {
        ServiceError(
            .dataLoss,
            "DAMAGED_BLOCK",
            "What was answered to block \(number) of the job cannot be read any more; forget the "
                + "job, and begin it anew."
        )
    }

    /// More than a server keeps.
    static func overJobLimit(
        _ limit: String,
        _ message: String,
        _ value: Int,
        _ maximum: Int
    ) -> ServiceError {
        ServiceError(
            .resourceExhausted,
            "JOB_LIMIT",
            "\(message) The limit \(limit) is \(maximum); forget jobs that nobody needs any more "
                + "(ForgetJob).",
            metadata: ["limit": limit, "maximum": "\(maximum)", "value": "\(value)"]
        )
    }

    /// The refusal of one more job; nil for none.
    init?(tooMany totals: JobTotals) {
        if totals.own >= JobLimits.jobsOfOneMax {
            self = .overJobLimit(
                "jobsOfOneMax",
                "You have as many jobs as one may have.",
                totals.own + 1,
                JobLimits.jobsOfOneMax
            )
        } else if totals.all >= JobLimits.jobsMax {
            self = .overJobLimit(
                "jobsMax",
                "There are as many jobs as there may be.",
                totals.all + 1,
                JobLimits.jobsMax
            )
        } else if totals.byteCount >= JobLimits.allJobsBytesMax {
            self = .overJobLimit(
                "allJobsBytesMax",
                "The answers of all jobs take as many bytes as they may.",
                totals.byteCount,
                JobLimits.allJobsBytesMax
            )
        } else {
            return nil
        }
    }

    /// The refusal of a stream that asks for something else than its job; nil for none.
    init?(_ id: String, _ job: JobBinding, other: JobBinding) {
        let (part, words): (String, String)
        if job.kind != other.kind {
            (part, words) = (
                "kind", job.kind == .scores ? "scores rows" : "assesses companies"
            )
        } else if job.models != other.models || job.hashes != other.hashes {
            (part, words) = (
                "model",
                job.models == other.models
                    ? "was begun with other contents of \(job.models)"
                    : "is scored by \(job.models)"
            )
        } else if job.day != other.day {
            (part, words) = ("as_of_date", "is as of \(job.day)")
        } else if job.columns != other.columns {
            (part, words) = ("columns", "has other columns, outputs or reasons, or another order")
        } else {
            return nil
        }
        self.init(
            .failedPrecondition,
            "JOB_OTHER_HEADER",
            "The job \"\(id)\" \(words), and the header asks for something else; send the header "
                + "that the job was begun with, or begin another job.",
            metadata: ["job": id, "part": part],
            detail: .field("header.job")
        )
    }
}
