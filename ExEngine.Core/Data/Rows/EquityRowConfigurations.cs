using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Portfolio.Money;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExEngine.Core.Data.Rows;

// What an account was worth goes with the row of the account, by cascade.
internal sealed class EquitySnapshotConfiguration : IEntityTypeConfiguration<EquitySnapshot>
{
    public void Configure(EntityTypeBuilder<EquitySnapshot> builder)
    {
        builder.HasKey(s => new { s.AccountId, s.Slot });
        builder.Property(s => s.Currency).HasMaxLength(12);
        builder.Property(s => s.LeftOut).HasMaxLength(EquitySnapshot.MaxText);
        builder.Property(s => s.Problem).HasMaxLength(EquitySnapshot.MaxText);
        builder.HasOne<ExchangeAccount>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AccountFlowConfiguration : IEntityTypeConfiguration<AccountFlow>
{
    public void Configure(EntityTypeBuilder<AccountFlow> builder)
    {
        builder.HasKey(f => f.AccountId);
        builder.Property(f => f.AccountId).ValueGeneratedNever();
        builder.Property(f => f.Currency).HasMaxLength(12);
        builder.Property(f => f.Version).IsConcurrencyToken();
        builder.HasOne<ExchangeAccount>().WithOne().HasForeignKey<AccountFlow>(f => f.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
