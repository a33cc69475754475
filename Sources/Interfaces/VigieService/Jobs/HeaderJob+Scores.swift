// SPDX-License-Identifier: Apache-2.0

// The job that a header of scores names.

internal import CVigieWire
internal import JobStore
internal import Quantities
internal import Scoring
internal import ServiceErrors
internal import VigieLimits

extension PreparedHeader {
    /// The job that a header names, if it names one.
    static func job(
        _ header: Vigie__V1__ScoreHeader,
        _ model: ScoringModel,
        _ request: ScoreRequest,
        _ day: CalendarDate,
        limits: ServiceLimits
    ) throws(ServiceError) -> HeaderJob? {
        guard let job = header.job?.pointee else { return nil }
        let (columns, textColumns) = try columnNames(header, limits: limits)
        return HeaderJob(
            id: try text(job.id, field: "header.job.id", limits: limits),
            firstBlock: job.first_block,
            .scores,
            models: [model],
            day: day,
            asked: [
                columns, textColumns, ["\(request.outputs.rawValue)", "\(request.reasonCount)"],
            ]
        )
    }
}
