// SPDX-License-Identifier: Apache-2.0

// Universes out of messages, and loads into them.

internal import ProtobufCoding
internal import VigieProtos

extension Universe {
    init(_ message: Vigie_V1_Universe) {
        self.init(
            name: message.name,
            companyCount: Int(clamping: message.companyCount),
            slotCount: Int(clamping: message.slotCount)
        )
    }
}

extension UniverseRun {
    init(_ message: Vigie_V1_UniverseRun) {
        let ended = message.endedAtMicroseconds
        self.init(
            number: Int(clamping: message.number),
            asOfDate: message.asOfDate,
            model: message.model,
            modelVersion: message.modelVersion,
            requestedAtMicroseconds: message.requestedAtMicroseconds,
            endedAtMicroseconds: ended > 0 ? ended : nil,
            state: PortfolioRun.State(message.state),
            note: message.note,
            blockCount: Int(clamping: message.blockCount),
            doneCount: Int(clamping: message.doneCount),
            companyCount: Int(clamping: message.companyCount),
            scoredCount: Int(clamping: message.scoredCount),
            changedCount: Int(clamping: message.changedCount),
            companyMovedCount: Int(clamping: message.companyMovedCount),
            dataMovedCount: Int(clamping: message.dataMovedCount),
            modelMovedCount: Int(clamping: message.modelMovedCount)
        )
    }
}

extension ScoreCause {
    /// A cause; nil where a message has none.
    fileprivate init?(ifAny message: Vigie_V1_ScoreCause) {
        if message == .unspecified { return nil }
        self.init(message)
    }
}

extension UniverseLoadReport {
    init(_ message: Vigie_V1_LoadUniverseResponse) {
        self.init(
            universe: Universe(message.universe),
            rowCount: Int(clamping: message.rowCount),
            addedCount: Int(clamping: message.addedCount),
            leftCount: Int(clamping: message.leftCount),
            changedCount: Int(clamping: message.changedCount)
        )
    }
}

extension UniverseFigures {
    init(_ message: Vigie_V1_DescribeUniverseResponse) {
        self.init(
            before: UniverseRun(message.before),
            after: UniverseRun(message.after),
            migrations: message.migrations.map { migration in
                Migration(
                    fromClass: migration.hasFromClass ? Int(migration.fromClass) : nil,
                    toClass: migration.hasToClass ? Int(migration.toClass) : nil,
                    count: Int(clamping: migration.count)
                )
            },
            bands: message.bands.map { band in
                Band(
                    riskClass: Int(band.riskClass),
                    beforeCount: Int(clamping: band.beforeCount),
                    afterCount: Int(clamping: band.afterCount),
                    exposureCents: band.exposureCents
                )
            },
            expectedLossCents: message.expectedLossCents,
            exposureCents: message.exposureCents,
            unratedExposureCents: message.unratedExposureCents,
            concentration: message.hasConcentration ? message.concentration : nil,
            risen: message.risen.map(Mover.init),
            fallen: message.fallen.map(Mover.init)
        )
    }
}

extension UniverseFigures.Mover {
    fileprivate init(_ message: Vigie_V1_UniverseMover) {
        self.init(
            siren: message.siren,
            before: Int(message.before),
            after: Int(message.after),
            cause: ScoreCause(ifAny: message.cause),
            beforeByThisModel: message.hasBeforeByThisModel
                ? Int(message.beforeByThisModel) : nil
        )
    }
}

extension UniverseResult {
    init(_ message: Vigie_V1_UniverseResult) {
        self.init(
            run: Int(clamping: message.run),
            asOfDate: message.asOfDate,
            model: message.model,
            modelVersion: message.modelVersion,
            isThere: message.outcome != .unspecified,
            score: message.hasScore ? Int(message.score) : nil,
            riskClass: message.hasRiskClass ? Int(message.riskClass) : nil,
            cause: ScoreCause(ifAny: message.cause)
        )
    }
}

extension UniverseScores {
    /// Results; nil where columns are not of one length.
    init?(_ message: Vigie_V1_ReadUniverseScoresResponse) {
        let count = message.sirens.count
        guard message.scores.count == count, message.riskClasses.count == count,
            message.causes.count == count
        else { return nil }
        self.init(
            run: UniverseRun(message.run),
            sirens: message.sirens,
            scores: message.scores.map { $0 == 65_535 ? nil : Int($0) },
            riskClasses: message.riskClasses,
            causes: message.causes.map { ScoreCause(ifAny: $0) },
            nextBlock: message.hasNextBlock ? Int(message.nextBlock) : nil
        )
    }
}

extension Vigie_V1_LoadUniverseHeader {
    init(_ header: UniverseHeader) {
        self = .with {
            ($0.universe, $0.asOfDate) = (header.universe, header.asOfDate)
            $0.isChange = header.isChange
            ($0.columns, $0.textColumns) = (header.columns, header.textColumns)
            ($0.markColumns, $0.hasExposures) = (header.markColumns, header.hasExposures)
        }
    }
}

extension Vigie_V1_UniverseRows {
    init(_ block: UniverseBlock) {
        self = .with {
            ($0.sirens, $0.floatValues) = (block.sirens, block.values)
            $0.exposuresCents = block.exposuresCents
            $0.textColumns = block.texts.map { column in
                .with {
                    $0.dictionary = (0..<column.textCount).map { Array(column[$0]) }
                    $0.codes = column.codes
                }
            }
        }
    }
}
