using System.Security.Cryptography;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Markets;
using ExEngine.Web.Api.Auth;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api;

/// <summary><c>/api/accounts</c>: the accounts of the user. What was sent as a secret is never answered.</summary>
public static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("Accounts");
        accounts.MapGet("", ListAsync);
        accounts.MapPost("", CreateAsync).NeedsConfirmation(BringsKeys);
        accounts.MapGet("{id:guid}", GetAsync);
        accounts.MapPut("{id:guid}", UpdateAsync).NeedsConfirmation(BringsKeys);
        accounts.MapDelete("{id:guid}", DeleteAsync);
        accounts.MapPost("{id:guid}/test", TestAsync);
        accounts.MapGet("{id:guid}/balances", BalancesAsync).WithSummary("What the exchange says that the account holds now, by asset");
        accounts
            .MapPost("{id:guid}/reset", ResetAsync)
            .WithSummary(
                "A paper account begins anew with what it starts with; its open orders are cancelled, its positions must be closed"
            );
    }

    // Whose keys an account has decides whose money it moves. Paper has none.
    private static ValueTask<bool> BringsKeys(EndpointFilterInvocationContext context) =>
        ValueTask.FromResult(context.Arguments.OfType<ExchangeAccountInput>().Any(input => input.BringsKeys));

    private static async Task<Ok<ApiList<AccountView>>> ListAsync(
        CurrentUser user,
        [AsParameters] ApiPage page,
        AccountService service,
        CancellationToken cancellationToken
    )
    {
        var rows = await service.ListAsync(user.Id, page.Before, page.TakeAndOne, cancellationToken);
        var uses = await service.UsesAsync(user.Id, cancellationToken);
        return TypedResults.Ok(ApiList.Of(rows, page, a => a.Id.ToString(), a => AccountView.Of(a, uses[a.Id])));
    }

    private static async Task<Results<Created<AccountView>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        CurrentUser user,
        ExchangeAccountInput input,
        AccountService service,
        CancellationToken cancellationToken
    ) =>
        await service.CreateAsync(user.Id, input, cancellationToken) switch
        {
            AccountResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            AccountResult.CapReached reached => ApiProblems.Problem(
                StatusCodes.Status409Conflict,
                ProblemCodes.TooManyAccounts,
                reached.Message,
                ("limit", reached.Cap)
            ),
            AccountResult.Done done => TypedResults.Created($"/api/accounts/{done.Account.Id}", AccountView.Of(done.Account, [])),
            var other => throw new InvalidOperationException(other.ToString()),
        };

    private static async Task<Results<Ok<AccountView>, NotFound>> GetAsync(
        CurrentUser user,
        Guid id,
        AccountService service,
        CancellationToken cancellationToken
    ) =>
        await service.FindAsync(user.Id, id, cancellationToken) is { } account
            ? TypedResults.Ok(AccountView.Of(account, (await service.UsesAsync(user.Id, cancellationToken))[id]))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<AccountView>, NotFound, ValidationProblem>> UpdateAsync(
        CurrentUser user,
        Guid id,
        ExchangeAccountInput input,
        AccountService service,
        CancellationToken cancellationToken
    ) =>
        await service.UpdateAsync(user.Id, id, input, cancellationToken) switch
        {
            AccountResult.NotFound => TypedResults.NotFound(),
            AccountResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            AccountResult.Done done => TypedResults.Ok(
                AccountView.Of(done.Account, (await service.UsesAsync(user.Id, cancellationToken))[id])
            ),
            var other => throw new InvalidOperationException(other.ToString()),
        };

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> DeleteAsync(
        CurrentUser user,
        Guid id,
        AccountService service,
        CancellationToken cancellationToken
    ) =>
        await service.DeleteAsync(user.Id, id, cancellationToken) switch
        {
            AccountResult.NotFound => TypedResults.NotFound(),
            AccountResult.InUse inUse => ApiProblems.Problem(
                StatusCodes.Status409Conflict,
                FaultCodes.AccountInUse,
                $"{Names(inUse.Uses)}. Point them at another account or delete them first.",
                ("usedBy", inUse.Uses.Select(AccountView.Use).ToList())
            ),
            _ => TypedResults.NoContent(),
        };

    private static async Task<Results<Ok<AccountTest>, NotFound>> TestAsync(
        CurrentUser user,
        Guid id,
        AccountService service,
        AccountTester tester,
        CancellationToken cancellationToken
    ) =>
        await service.FindAsync(user.Id, id, cancellationToken) is { } account
            ? TypedResults.Ok(await tester.TestAsync(account, cancellationToken))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<ApiList<BalanceView>>, NotFound, ProblemHttpResult>> BalancesAsync(
        CurrentUser user,
        Guid id,
        AccountService service,
        ExchangeFactory exchanges,
        CancellationToken cancellationToken
    )
    {
        if (await service.FindAsync(user.Id, id, cancellationToken) is not { } account)
        {
            return TypedResults.NotFound();
        }

        try
        {
            return Balances(await exchanges.Of(account).BalancesAsync(cancellationToken));
        }
        catch (CryptographicException)
        {
            return ApiProblems.Problem(
                StatusCodes.Status409Conflict,
                ProblemCodes.KeysUnreadable,
                "The stored secrets do not open with this key ring. Enter them again."
            );
        }
    }

    private static async Task<Results<Ok<ApiList<BalanceView>>, NotFound, ProblemHttpResult>> ResetAsync(
        CurrentUser user,
        Guid id,
        AccountService service,
        PaperVenue paper,
        CancellationToken cancellationToken
    ) =>
        await service.FindAsync(user.Id, id, cancellationToken) switch
        {
            null => TypedResults.NotFound(),
            { Mode: AccountMode.Live } => ApiProblems.Problem(
                StatusCodes.Status409Conflict,
                ProblemCodes.NotAPaperAccount,
                "Only a paper account can be reset; what a live one holds is at the exchange."
            ),
            var account => await paper.ResetAsync(account, cancellationToken) switch
            {
                { Held: { Count: > 0 } held } => ApiProblems.Problem(
                    StatusCodes.Status409Conflict,
                    FaultCodes.AccountInUse,
                    $"{account.Name} holds {string.Join(", ", held.Select(h => h.Name))}. Close these positions first.",
                    ("usedBy", held.Select(AccountView.Use).ToList())
                ),
                var reset => Balances(reset.Balances),
            },
        };

    private static Results<Ok<ApiList<BalanceView>>, NotFound, ProblemHttpResult> Balances(
        ExchangeResult<IReadOnlyList<AssetBalance>> answer
    ) =>
        answer.IsDone
            ? TypedResults.Ok(
                new ApiList<BalanceView>([.. answer.Value!.OrderBy(b => b.Asset, StringComparer.Ordinal).Select(BalanceView.Of)], null)
            )
            : ApiProblems.Exchange(answer.Fault);

    private static string Names(IReadOnlyList<AccountUse> uses) =>
        $"The account is used by {string.Join(", ", uses.Select(u => $"the {u.Kind} \"{u.Name}\""))}";
}

/// <param name="ApiKeyHint">The last four characters of the key.</param>
/// <param name="KeyState">What the exchange last said about the key; null for paper accounts.</param>
/// <param name="KeyMessage">The same for people.</param>
/// <param name="Permissions">What the key may do; null until the exchange said it.</param>
/// <param name="LastChecked">When the exchange last answered about the key.</param>
/// <param name="UsedBy">What would stop working without this account.</param>
public sealed record AccountView(
    Guid Id,
    string Name,
    string Exchange,
    AccountMode Mode,
    string? ApiKeyHint,
    bool HasSecret,
    bool HasPassphrase,
    KeyState? KeyState,
    string? KeyMessage,
    KeyRights? Permissions,
    DateTime? LastChecked,
    IReadOnlyDictionary<string, string>? PaperBalances,
    IReadOnlyList<AccountUseView> UsedBy,
    DateTime CreatedAt,
    DateTime UpdatedAt
)
{
    public static AccountView Of(ExchangeAccount a, IEnumerable<AccountUse> uses) =>
        new(
            a.Id,
            a.Name,
            a.Exchange,
            a.Mode,
            a.ApiKeyHint,
            a.SecretSealed is not null,
            a.PassphraseSealed is not null,
            a.Mode == AccountMode.Live ? a.KeyState : null,
            a.KeyMessage,
            a.Rights,
            a.KeyCheckedAt,
            a.Mode == AccountMode.Paper ? AccountBalances.Of(a) : null,
            [.. uses.Select(Use)],
            a.CreatedAt,
            a.UpdatedAt
        );

    public static AccountUseView Use(AccountUse use) => new(use.Kind, use.Id, use.Name);
}

public sealed record AccountUseView(string Kind, Guid Id, string Name);

/// <summary>Exact amounts of an asset: total is free and used together.</summary>
public sealed record BalanceView(string Asset, decimal Free, decimal Used, decimal Total)
{
    public static BalanceView Of(AssetBalance balance) => new(balance.Asset, balance.Free, balance.Used, balance.Total);
}
