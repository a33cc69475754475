// SPDX-License-Identifier: Apache-2.0

// The reader's end of a stream of blocks.

internal import GRPCTransport

extension BlockStream {
    /// The results of the next block, in order; nil after the last.
    func next() async throws -> ScoredTable? {
        do {
            return try await transportErrorsMapped { try await takeNext() }
        } catch {
            with { $0.failed() }
            stop()
            throw error
        }
    }

    private func takeNext() async throws -> ScoredTable? {
        while true {
            switch with({ $0.step }) {
            case .take(let block, let lane, let place):
                let table = try await take(block, from: lane, place)
                with { $0.blockTaken() }?.resume()
                return table
            case .finish(let lanes, let result):
                // A failure of the source leaves its streams open.
                try result.get()
                for lane in lanes {
                    guard try await lane.stream.next() == nil else {
                        throw VigieError.badResponse("There are more results than blocks.")
                    }
                }
                return nil
            case .end:
                return nil
            case .stopped:
                throw CancellationError()
            case .wait:
                try await waitForSender()
            }
        }
    }

    private func take(
        _ block: SentBlock,
        from lane: Lane,
        _ place: StateMachine.Place
    ) async throws -> ScoredTable {
        if !place.isRefused {
            do {
                return try await transportErrorsMapped { try await answer(to: block, from: lane) }
            } catch let error as VigieError where isRefusal(error) {
                refuse(lane, place.lane, error)
            }
        }
        guard let table = block.table else {
            throw VigieError.badResponse("The values were refused as if they were quantised.")
        }
        return try await score(table, as: lane.model)
    }

    private func answer(to sent: SentBlock, from lane: Lane) async throws -> ScoredTable {
        guard let answer = try await lane.stream.next() else {
            throw VigieError.badResponse("There are fewer results than blocks.")
        }
        let message = try ResponseDecoding.streamMessage(
            answer,
            hasReasons: options.reasonCount > 0
        )
        guard case .block(let block) = message, block.rowCount == sent.rowCount else {
            throw VigieError.badResponse("A block of \(sent.rowCount) rows got another answer.")
        }
        return try ScoredTable(
            model: lane.model,
            features: lane.features,
            columns: lane.columns.numbers + lane.columns.texts,
            block: block,
            encoding: sent.encoding
        )
    }

    /// Scores the values of a block with a call, by the same version of the model.
    private func score(_ table: FeatureTable, as model: ModelIdentity) async throws -> ScoredTable {
        var options = options
        options.model = "\(model.name)@\(model.version)"
        options.asOfDate = model.asOfDate
        options.quantisation = .never
        let scored = try await client.score(table, options: options)
        guard scored.model.contentHash == model.contentHash else {
            throw VigieError(
                code: .aborted,
                message: "Model \(model.name)@\(model.version) was replaced during the stream."
            )
        }
        return scored
    }

    /// Waits until the sender has sent a block or ended.
    private func waitForSender() async throws {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if with({ $0.waitForSender(continuation) }) { continuation.resume() }
            }
        } onCancel: {
            stop()
        }
    }
}
