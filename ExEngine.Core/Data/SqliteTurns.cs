using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using System.Data.Common;
using System.Runtime.CompilerServices;

namespace ExEngine.Core.Data;

/// <summary>
/// Has everyone who writes to SQLite through Entity Framework stand in one <see cref="WriteTurn">line</see>: a transaction from before its
/// beginning to its end, a statement without one while it runs. A transaction that is left without commit gives its turn back when
/// Entity Framework closes the connection that it was opened for.
/// </summary>
public sealed class SqliteTurns(WriteTurn turns) : IDbTransactionInterceptor, IDbCommandInterceptor, IDbConnectionInterceptor
{
    // A connection is in one transaction at most, and its holder waits for nobody else's: SQLite would not let that one write either.
    private readonly ConditionalWeakTable<DbConnection, IDisposable> _held = [];

    // The transaction is begun here, so that one that SQLite refuses to begin leaves no turn behind.
    public InterceptionResult<DbTransaction> TransactionStarting(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result) =>
        Begin(connection, eventData, turns.Take());

    // SQLite has no asynchronous input and output; waiting in line is.
    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
        CancellationToken cancellationToken = default) =>
        Begin(connection, eventData, await turns.TakeAsync(cancellationToken));

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => GiveBack(eventData.Context);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        GiveBack(eventData.Context);
        return Task.CompletedTask;
    }

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => GiveBack(eventData.Context);

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        GiveBack(eventData.Context);
        return Task.CompletedTask;
    }

    public InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        if (command is { Transaction: null, Connection: { } connection })
        {
            Hold(connection, turns.Take());
        }

        return result;
    }

    public async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (command is { Transaction: null, Connection: { } connection })
        {
            Hold(connection, await turns.TakeAsync(cancellationToken));
        }

        return result;
    }

    public int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        GiveBackAfter(command);
        return result;
    }

    public ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        GiveBackAfter(command);
        return ValueTask.FromResult(result);
    }

    public void CommandFailed(DbCommand command, CommandErrorEventData eventData) => GiveBackAfter(command);

    public Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        GiveBackAfter(command);
        return Task.CompletedTask;
    }

    public void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => GiveBack(connection);

    public Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        GiveBack(connection);
        return Task.CompletedTask;
    }

    private InterceptionResult<DbTransaction> Begin(DbConnection connection, TransactionStartingEventData eventData, IDisposable turn)
    {
        try
        {
            var transaction = connection.BeginTransaction(eventData.IsolationLevel);
            Hold(connection, turn);
            return InterceptionResult<DbTransaction>.SuppressWithResult(transaction);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private void Hold(DbConnection connection, IDisposable turn)
    {
        GiveBack(connection);
        _held.Add(connection, turn);
    }

    private void GiveBackAfter(DbCommand command)
    {
        if (command is { Transaction: null, Connection: { } connection })
        {
            GiveBack(connection);
        }
    }

    private void GiveBack(DbContext? db)
    {
        if (db is not null)
        {
            GiveBack(db.Database.GetDbConnection());
        }
    }

    private void GiveBack(DbConnection connection)
    {
        if (_held.Remove(connection, out var turn))
        {
            turn.Dispose();
        }
    }
}
