// SPDX-License-Identifier: Apache-2.0

// vigie.v1.JobService: jobs of the caller, told of, fetched and forgotten.

internal import Callers
internal import GRPCTransport
internal import JobApplication
internal import JobStore
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import VigieLimits
internal import VigieProtos

/// Answers JobService.
struct JobService: Sendable {
    private let desk: JobDesk

    init(_ desk: JobDesk) { self.desk = desk }

    /// The service as the server tells of it.
    var description: ServiceDescription {
        let (desk, limits) = (desk, desk.limits)
        let place = MethodPlace.workers(desk.workers, limits: limits)
        return ServiceDescription(
            "vigie.v1.JobService",
            methods: [
                .message("ListJobs", messageLimit: limits.controlMessage, on: place) {
                    (_: Vigie_V1_ListJobsRequest, caller: Caller?) throws(ServiceError) in
                    let found = try desk.jobs.list(of: caller.jobOwner)
                    return Vigie_V1_ListJobsResponse.with {
                        $0.jobs = found.map { Vigie_V1_Job($0.job, keptSeconds: $0.keptSeconds) }
                    }
                },
                MethodDescription(
                    "FetchJob",
                    requests: .one,
                    messageLimit: limits.controlMessage
                ) { _ in JobFetch(desk) },
                .message("ForgetJob", messageLimit: limits.controlMessage, on: place) {
                    (request: Vigie_V1_ForgetJobRequest, caller: Caller?) throws(ServiceError) in
                    try desk.jobs.forget(request.id, of: caller.jobOwner)
                    return Vigie_V1_ForgetJobResponse()
                },
            ]
        )
    }
}

extension Vigie_V1_Job {
    init(_ job: JobRecord, keptSeconds: Int) {
        self.init()
        id = job.id
        kind = job.binding.kind == .scores ? .scores : .assessments
        models = job.binding.models
        asOfDate = job.binding.day.description
        (blockCount, rowCount) = (Int64(job.blockCount), Int64(job.rowCount))
        byteCount = Int64(job.byteCount)
        beganAtMicroseconds = Int64(job.beganAtMicroseconds)
        self.keptSeconds = Int64(keptSeconds)
    }
}
