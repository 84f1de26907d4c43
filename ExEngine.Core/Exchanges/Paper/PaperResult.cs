using System.Data.Common;
using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>Turns what happens at the database into what an exchange would answer.</summary>
internal static class PaperResult
{
    /// <summary>
    /// One transaction, committed when the answer is done. No answer of the database before the commit means that nothing
    /// was executed; none to the commit itself means that nobody knows.
    /// </summary>
    public static async Task<ExchangeResult<T>> WriteAsync<T>(
        this IDbContextFactory<AppDb> databases,
        Func<AppDb, Task<ExchangeResult<T>>> act
    )
    {
        var committing = false;
        try
        {
            await using var db = await databases.CreateDbContextAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var answer = await act(db);
            if (answer.IsDone)
            {
                await db.SaveChangesAsync();
                committing = true;
                await transaction.CommitAsync();
            }

            return answer;
        }
        catch (Exception e) when (IsOutage(e))
        {
            return committing
                ? ExchangeResult.Unknown<T>(
                    new(FaultKind.Ambiguous, FaultCodes.Database, "The database did not answer whether it stored the order.")
                )
                : ExchangeResult.NotExecuted<T>(PaperFaults.Unavailable("The database of the paper exchange does not answer."));
        }
    }

    public static async Task<ExchangeResult<T>> ReadAsync<T>(
        this IDbContextFactory<AppDb> databases,
        Func<AppDb, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            return ExchangeResult.Done(await read(db));
        }
        catch (Exception e) when (IsOutage(e))
        {
            return ExchangeResult.NotExecuted<T>(PaperFaults.Unavailable("The database of the paper exchange does not answer."));
        }
    }

    public static ExchangeResult<TOther> Select<T, TOther>(this ExchangeResult<T> answer, Func<T, TOther> done) =>
        answer.IsDone ? ExchangeResult.Done(done(answer.Value!)) : new(answer.Outcome, default, answer.Fault);

    // Entity Framework and the drivers wrap what happened in each other's exceptions.
    private static bool IsOutage(Exception? e) =>
        e is DbException or TimeoutException or IOException || (e is not null && IsOutage(e.InnerException));
}
